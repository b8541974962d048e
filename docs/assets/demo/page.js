// A page with live widgets and a choice of persona.
import { choosePersona, currentPersona, optionsOf, personas } from './session.js'
import { startWidgets } from './widgets.js'

const select = document.querySelector('#persona')
/** Who suits the page when the reader has not chosen anybody. */
const suited = document.querySelector('[data-persona]').dataset.persona || undefined
const state = document.querySelector('[data-persona-state]')
const english = document.documentElement.lang === 'en'

function showCard({ name, title, area }) {
  for (const [slot, value] of Object.entries({ name, title, area: area.name, initial: name.slice(0, 1) })) {
    for (const place of document.querySelectorAll(`[data-me="${slot}"]`)) place.textContent = value
  }
}

/** Shows a person what is for them: residents their reports, officers the rest of the portal. */
function suit({ role }) {
  const isResident = role === 'resident'
  document.documentElement.dataset.role = role
  for (const panel of document.querySelectorAll(isResident ? '.not-residents' : '.residents')) panel.remove()
  const status = document.createElement('mq-issue-status')
  status.setAttribute('mine', '')
  document.querySelector('.residents')?.append(status)
  // whoever is not signed in as a resident may still report without signing in
  document.querySelector('.report mq-issue-report')?.toggleAttribute('anonymous', !isResident)
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
  suit(me)
  await startWidgets({ persona: me.id })
}

start().catch((error) => {
  console.warn('minqing: the live demo could not start', error)
  state.textContent = english
    ? 'The live demo needs a server in demo mode: run npm start.'
    : '实时演示需要以演示模式运行的服务器：请运行 npm start。'
})
