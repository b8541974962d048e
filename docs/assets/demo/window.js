// One window of several: its own persona, its own line, and the widgets that the address names.
import { createLine } from './line.js'
import { personas } from './session.js'
import { createTurns } from './turns.js'
import { startWidgets } from './widgets.js'

const line = createLine()
const turns = createTurns(line.fetch)
const button = document.querySelector('[data-line]')
const state = document.querySelector('[data-line-state]')
const asked = new URLSearchParams(location.search)

button.addEventListener('click', () => {
  line.set(!line.cut)
  button.setAttribute('aria-checked', String(line.cut))
  state.toggleAttribute('data-cut', line.cut)
  state.textContent = line.cut ? '已断网：本窗口的请求全部失败，写下的先存在本机' : '网络正常'
})

const place = document.querySelector('[data-place]')
for (const name of (asked.get('widgets') ?? 'composer,feed').split(',')) {
  const template = document.querySelector(`template[data-widget="${CSS.escape(name)}"]`)
  if (template) place.append(template.content.cloneNode(true))
}

// A message about an issue opens it in the tracker of the same window.
document.addEventListener('mq-issue-open', (event) => {
  const tracker = document.querySelector('mq-issue-tracker')
  if (!tracker || event.target === tracker) return
  event.preventDefault()
  tracker.issue = event.issue
  tracker.scrollIntoView({ block: 'start' })
})

const tell = (type) => parent !== self && parent.postMessage({ type }, location.origin)

/** Tells the page around it that something was done here, so that the other windows look. */
async function request(input, init) {
  const answer = await turns.fetch(input, init)
  const { pathname } = new URL(input.url ?? input, location.href)
  const method = init?.method ?? input.method ?? 'GET'
  const isDeed = method !== 'GET' && !pathname.startsWith('/v1/demo/')
  if (answer.ok && isDeed) tell('mq-demo-did')
  return answer
}

addEventListener('message', ({ origin, source, data }) => {
  if (origin === location.origin && source === parent && data?.type === 'mq-demo-turn') turns.set(data.listen)
})
// moves, not entering: a page that is scrolled puts other windows under a pointer that rests
for (const type of ['pointermove', 'pointerdown', 'focusin']) {
  document.documentElement.addEventListener(type, () => tell('mq-demo-used'), { passive: true })
}

async function start() {
  const people = await personas()
  const me = people.find(({ id }) => id === asked.get('persona')) ?? people[0]
  document.title = `${me.name} · 演示窗口`
  document.querySelector('[data-me="name"]').textContent = me.name
  document.querySelector('[data-me="title"]').textContent = `${me.title} · ${me.area.name}`
  await startWidgets({ persona: me.id, fetch: request })
}

start().catch((error) => {
  console.warn('minqing: the live demo could not start', error)
  state.textContent = '实时演示需要以演示模式运行的服务器：请运行 npm start。'
})
