import { photoLimits } from '@minqing/core/wire'
import { msg } from '../localize.ts'
import { service } from '../services.ts'

/** Presses that are meant for the browser: the host has just failed. */
const passing = new WeakSet<HTMLInputElement>()
const notes = new WeakMap<HTMLInputElement, HTMLElement>()

function say(input: HTMLInputElement, text: string): void {
  const note = document.createElement('p')
  note.setAttribute('role', 'alert')
  note.className = 'small'
  note.style.setProperty('flex-basis', '100%')
  note.textContent = text
  notes.set(input, note)
  input.parentElement?.append(note)
}

function hand(input: HTMLInputElement, files: readonly File[]): void {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  input.files = transfer.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

async function ask(input: HTMLInputElement): Promise<void> {
  notes.get(input)?.remove()
  const max = input.multiple ? photoLimits.perDiary : 1
  try {
    const files = await service('pickPhotos')!({ max, camera: input.hasAttribute('capture') })
    if (files.length) hand(input, files.slice(0, max))
  } catch (error) {
    console.warn('minqing: the host could not pick photos; the browser does it instead.', error)
    // The browser opens its dialog only soon after a press, so the person presses once more.
    passing.add(input)
    say(input, msg('未能打开相机或相册，请再点一次改用浏览器选择', { id: 'photos.host.refused' }))
  }
}

/** The file input of one of our widgets that is about to open its dialog. */
function pickerOf(event: Event): HTMLInputElement | undefined {
  const path = event.composedPath()
  const [input] = path
  if (!(input instanceof HTMLInputElement) || input.type !== 'file') return undefined
  if (!input.accept.startsWith('image/')) return undefined
  const isOurs = path.some((node) => node instanceof Element && node.localName.startsWith('mq-'))
  return isOurs ? input : undefined
}

/**
 * Lets the host pick photos wherever a widget would open the browser's file dialog, so that no widget has to know of
 * hosts. The photos reach the widget as if they had been picked there.
 */
export function watch(): () => void {
  const onClick = (event: Event) => {
    const input = pickerOf(event)
    if (!input) return
    if (passing.delete(input)) return void notes.get(input)?.remove()
    if (!service('pickPhotos')) return
    event.preventDefault()
    void ask(input)
  }
  addEventListener('click', onClick, true)
  return () => removeEventListener('click', onClick, true)
}
