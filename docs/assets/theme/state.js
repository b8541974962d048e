// What was chosen on the theme page, and the address that keeps it.
const themes = new Map(
  [...document.querySelectorAll('#from option')].map(({ value, dataset }) => [
    value,
    { light: JSON.parse(dataset.light), dark: JSON.parse(dataset.dark) },
  ]),
)
const plain = themes.get('default')

export const names = Object.keys(plain.light)
export const schemes = ['light', 'dark']
export const isColor = (text) => /^#[\da-f]{6}$/i.test(text)
/** A list of fonts and nothing else: it goes into a style sheet. */
export const isFont = (text) => !/[{};\\/]/.test(text) && CSS.supports('font-family', text)
export const plainRadius = 8
export const isRadius = (number) => Number.isInteger(number) && number >= 0 && number <= 32

/** As a theme has it, with nothing changed. */
export const startOf = (from, { look = 'light', elder = false } = {}) => ({
  from,
  look,
  elder,
  light: {},
  dark: {},
  radius: plainRadius,
  font: '',
})

/** The color of a name, with the theme that was started from and with what was changed. */
export const themed = ({ from }, scheme, name) => themes.get(from)[scheme][name] ?? plain[scheme][name]
export const colorOf = (state, scheme, name) => state[scheme][name] ?? themed(state, scheme, name)

/** Light and dark of what differs from the widgets' own: of a name always both, since one would reach into the other. */
export function palettes(state) {
  const light = {}
  const dark = {}
  for (const name of names) {
    const [bright, dim] = schemes.map((scheme) => colorOf(state, scheme, name))
    if (bright === plain.light[name] && dim === plain.dark[name]) continue
    light[name] = bright
    dark[name] = dim
  }
  if (state.radius !== plainRadius) light.radius = `${state.radius}px`
  if (state.font) light.font = state.font
  return { light, dark }
}

/** `?from=blue&accent=1459a6-8ebcf2`: light and dark, empty where nothing was changed. */
export function addressOf(state) {
  const query = new URLSearchParams()
  if (state.from !== 'default') query.set('from', state.from)
  if (state.look === 'dark') query.set('look', 'dark')
  if (state.elder) query.set('elder', '1')
  for (const name of names) {
    const both = schemes.map((scheme) => (state[scheme][name] ?? '').slice(1))
    if (both.some(Boolean)) query.set(name, both.join('-'))
  }
  if (state.radius !== plainRadius) query.set('radius', state.radius)
  if (state.font) query.set('font', state.font)
  const text = query.toString()
  return location.pathname + (text && `?${text}`)
}

/** Reads an address; what makes no sense is left out, and told. */
export function read(search, look) {
  const query = new URLSearchParams(search)
  const from = query.get('from') ?? 'default'
  const state = startOf(themes.has(from) ? from : 'default', {
    look: search.length < 2 ? look : query.get('look') === 'dark' ? 'dark' : 'light',
    elder: query.has('elder'),
  })
  const wrong = themes.has(from) ? [] : ['from']
  for (const name of names) {
    if (!query.has(name)) continue
    const both = query.get(name).split('-')
    schemes.forEach((scheme, at) => {
      if (!both[at]) return
      if (isColor(`#${both[at]}`)) state[scheme][name] = `#${both[at].toLowerCase()}`
      else wrong.push(name)
    })
  }
  const radius = Number(query.get('radius') ?? plainRadius)
  if (isRadius(radius)) state.radius = radius
  else wrong.push('radius')
  const font = query.get('font') ?? ''
  if (!font || isFont(font)) state.font = font
  else wrong.push('font')
  return { state, wrong }
}
