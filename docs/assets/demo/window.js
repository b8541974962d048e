// One window of the two: its own persona, its own line.
import { createLine } from './line.js'
import { personas } from './session.js'
import { startWidgets } from './widgets.js'

const line = createLine()
const button = document.querySelector('[data-line]')
const state = document.querySelector('[data-line-state]')

button.addEventListener('click', () => {
  line.set(!line.cut)
  button.setAttribute('aria-checked', String(line.cut))
  state.toggleAttribute('data-cut', line.cut)
  state.textContent = line.cut ? '已断网：本窗口的请求全部失败，写下的先存在本机' : '网络正常'
})

async function start() {
  const people = await personas()
  const wanted = new URLSearchParams(location.search).get('persona')
  const me = people.find(({ id }) => id === wanted) ?? people[0]
  document.title = `${me.name} · 演示窗口`
  document.querySelector('[data-me="name"]').textContent = me.name
  document.querySelector('[data-me="title"]').textContent = `${me.title} · ${me.area.name}`
  await startWidgets({ persona: me.id, fetch: line.fetch })
}

start().catch((error) => {
  console.warn('minqing: the live demo could not start', error)
  state.textContent = '实时演示需要以演示模式运行的服务器：请运行 npm start。'
})
