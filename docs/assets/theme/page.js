// The theme page: what is chosen goes on the widgets by the very style sheet that is copied.
import { failures, showContrast } from './contrast.js'
import * as model from './state.js'

// Made from the package's own source when the site is built.
const { themeCss } = await import(new URL('css.js', import.meta.url).href)

const one = (selector) => document.querySelector(selector)
const form = one('#knobs')
const stage = one('.stage')
const widgets = [...stage.querySelectorAll('mq-diary-composer, mq-issue-tracker, mq-diary-feed')]
const tags = document.documentElement.dataset.tags.split(' ')
const sheet = new CSSStyleSheet()
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]

const { dataset } = document.documentElement
const isDark = dataset.theme ? dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
const { state: first, wrong } = model.read(location.search, isDark ? 'dark' : 'light')
let state = first
/** What there was before the last change of everything. */
let before

const say = (text) => (one('#said').textContent = text)

/** Puts what was chosen into the fields, except into one that is being written in. */
function fill(writing) {
  const put = (field, value) => {
    if (field === writing) return
    field.value = value
    field.removeAttribute('aria-invalid')
  }
  put(one('#from'), state.from)
  for (const radio of form.elements.look) radio.checked = radio.value === state.look
  one('#elder').checked = state.elder
  for (const name of model.names) {
    const color = model.colorOf(state, state.look, name)
    put(one(`[data-color=${name}]`), color)
    put(one(`[data-pick=${name}]`), color)
  }
  put(one('#radius'), state.radius)
  put(one('#font'), state.font)
  one('#undo').hidden = !before
}

function sayContrast() {
  const all = (scheme) =>
    Object.fromEntries(model.names.map((name) => [name, model.colorOf(state, scheme, name)]))
  showContrast(all(state.look))
  const counts = model.schemes.map((scheme) => failures(all(scheme)))
  const bad = ['浅色', '深色'].flatMap((name, at) => (counts[at] ? [`${name}有 ${counts[at]} 处`] : []))
  const text = bad.length ? `${bad.join('，')}对比度不够。` : '浅色、深色的每一处对比度都够。'
  // said again only when it is something else
  if (one('#contrast-said').textContent !== text) one('#contrast-said').textContent = text
  one('#contrast-said').classList.toggle('bad', bad.length > 0)
}

function show(writing) {
  const { light, dark } = model.palettes(state)
  const address = model.addressOf(state)
  history.replaceState(null, '', address + location.hash)
  const css = themeCss(tags, light, dark)
  sheet.replaceSync(css)
  one('#sheet').value = css
    ? `/* 民情组件的外观，在这里修改：${location.origin}${address} */\n${css}`
    : '/* 与默认的外观相同，不需要 CSS。 */\n'
  one('#copied').textContent = ''
  stage.dataset.look = state.look
  for (const widget of widgets) {
    widget.setAttribute('theme', state.look)
    widget.toggleAttribute('elder', state.elder)
  }
  fill(writing)
  sayContrast()
}

/** A change of everything, which can be taken back. */
function replace(next, text) {
  before = state
  state = next
  say(text)
  show()
}

/** One thing of what was chosen; `undefined` when the field makes no sense yet. */
function changed(field) {
  const { value } = field
  const name = field.dataset.color ?? field.dataset.pick
  if (name) {
    const color = (value.startsWith('#') ? value : `#${value}`).toLowerCase()
    if (!model.isColor(color)) return undefined
    return { [state.look]: { ...state[state.look], [name]: color } }
  }
  if (field.name === 'look') return { look: value }
  if (field.id === 'elder') return { elder: field.checked }
  if (field.id === 'radius') {
    return value !== '' && model.isRadius(Number(value)) ? { radius: Number(value) } : undefined
  }
  return !value.trim() || model.isFont(value) ? { font: value.trim() } : undefined
}

const advice = { radius: '圆角是 0 到 32 的整数。', font: '这不是字体的名称。' }

form.addEventListener('input', ({ target }) => {
  if (target.id === 'from') {
    const { options, selectedIndex } = target
    replace(model.startOf(target.value, state), `从「${options[selectedIndex].text}」重新开始。`)
    return
  }
  const change = changed(target)
  if (change) {
    const isLook = 'look' in change || 'elder' in change
    if (!isLook) before = undefined
    state = { ...state, ...change }
    target.removeAttribute('aria-invalid')
    say('')
    show(target)
  } else {
    target.setAttribute('aria-invalid', 'true')
    say(advice[target.id] ?? '颜色写成 # 加六位十六进制数，例如 #1459a6。')
  }
})
// What made no sense goes back to what holds.
form.addEventListener('change', () => show())
form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('reset', (event) => {
  event.preventDefault()
  replace(model.startOf(state.from, state), '已恢复成这个主题原来的样子。')
})
one('#undo').addEventListener('click', () => {
  state = { ...before, look: state.look, elder: state.elder }
  before = undefined
  say('已撤销。')
  show()
  form.querySelector('[type=reset]').focus()
})

one('#copy').addEventListener('click', async () => {
  const text = one('#sheet')
  try {
    await navigator.clipboard.writeText(text.value)
    one('#copied').textContent = '已复制'
  } catch {
    // Refused, or a page without https, which has no clipboard.
    text.focus()
    text.select()
    one('#copied').textContent = '浏览器不允许写剪贴板：已全部选中，请按 Ctrl+C 复制。'
  }
})

if (wrong.length) say(`地址里看不懂的值没有用上：${wrong.join('、')}。`)
show()
