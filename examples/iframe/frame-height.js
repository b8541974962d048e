// A frame of another origin that is as high as its content: no scroll bar inside, nothing cut off. Two messages,
// `ask-height` from the page to the frame and `height` back. Both sides look at where a message comes from (window
// and origin) and at all of its shape; everything else on the line is somebody else's and left alone.

const mark = 'minqing-frame'

const isPlain = (data) =>
  typeof data === 'object' && data !== null && !Array.isArray(data) && data.mark === mark

/**
 * For the page in the frame: tells its height whenever it changes, and whenever the page around asks.
 *
 * @param {object} options
 * @param {string} options.host origin of the page around it, such as `https://portal.example.gov.cn`; never `*`
 * @returns {() => void} ends it
 */
export function tellHeight({ host }) {
  const tell = () => {
    // of the body: the root element is never lower than the frame, which then could not shrink
    const height = Math.ceil(document.body.getBoundingClientRect().height)
    parent.postMessage({ mark, type: 'height', height }, host)
  }
  const onMessage = ({ source, origin, data }) => {
    if (source === parent && origin === host && isPlain(data) && data.type === 'ask-height') tell()
  }
  const observer = new ResizeObserver(tell)
  observer.observe(document.body)
  addEventListener('message', onMessage)
  return () => {
    observer.disconnect()
    removeEventListener('message', onMessage)
  }
}

/**
 * For the page around: gives the frame the height that it tells.
 *
 * @param {HTMLIFrameElement} frame
 * @param {object} options
 * @param {string} options.origin of the page in the frame
 * @param {number} [options.max] px; a frame cannot make itself higher than this
 * @returns {() => void} ends it; the frame keeps its height
 */
export function followHeight(frame, { origin: from, max = 20_000 }) {
  const onMessage = ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== from || !isPlain(data)) return
    const { type, height } = data
    if (type !== 'height' || !Number.isInteger(height) || height < 1 || height > max) return
    frame.style.height = `${height}px`
  }
  // The frame may have told its height before anybody listened here.
  const ask = () => frame.contentWindow?.postMessage({ mark, type: 'ask-height' }, from)
  addEventListener('message', onMessage)
  frame.addEventListener('load', ask)
  return () => {
    removeEventListener('message', onMessage)
    frame.removeEventListener('load', ask)
  }
}
