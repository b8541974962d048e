import { followHeight } from './frame-height.js'

// The frame gets its address only when somebody listens: no height is missed.
const frame = document.querySelector('iframe')
followHeight(frame, { origin: new URL(frame.dataset.src).origin })
frame.src = frame.dataset.src
