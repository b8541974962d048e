// Chooses who sits in each of the two windows.
import { optionsOf, personas } from './session.js'

// The windows themselves say what is wrong when there is no demo.
const people = personas().catch(() => [])

for (const select of document.querySelectorAll('select[data-window]')) {
  const frame = document.querySelector(`#window-${select.dataset.window}`)
  people.then((list) => {
    select.replaceChildren(...optionsOf(list))
    select.value = select.dataset.default
    select.disabled = list.length === 0
  })
  select.addEventListener('change', () => {
    frame.src = `/demo/window/?persona=${encodeURIComponent(select.value)}`
  })
}
