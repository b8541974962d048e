// A page with live widgets and a choice of persona.
import { choosePersona, currentPersona, optionsOf, personas } from './session.js'
import { startWidgets } from './widgets.js'

const select = document.querySelector('#persona')
/** Who suits the page when the reader has not chosen anybody. */
const suited = document.querySelector('[data-persona]').dataset.persona || undefined
const state = document.querySelector('[data-persona-state]')
const english = document.documentElement.lang === 'en'

function showCard({ name, title, area, role }) {
  document.documentElement.dataset.role = role
  for (const [slot, value] of Object.entries({ name, title, area: area.name, initial: name.slice(0, 1) })) {
    for (const place of document.querySelectorAll(`[data-me="${slot}"]`)) place.textContent = value
  }
}

async function start() {
  const people = await personas()
  const me = people.find(({ id }) => id === currentPersona(suited)) ?? people[0]
  select.replaceChildren(...optionsOf(people))
  select.value = me.id
  select.disabled = false
  select.addEventListener('change', () => {
    // Another person is another sign-in: the page starts over, as a real one would.
    choosePersona(select.value)
    location.reload()
  })
  showCard(me)
  await startWidgets({ persona: me.id })
}

start().catch((error) => {
  console.warn('minqing: the live demo could not start', error)
  state.textContent = english
    ? 'The live demo needs a server in demo mode: run npm start.'
    : '实时演示需要以演示模式运行的服务器：请运行 npm start。'
})
