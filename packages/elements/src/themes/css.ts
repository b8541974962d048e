/** Values of public properties, by name without `--mq-`. */
export type Palette = Readonly<Record<string, string>>

const block = (selectors: readonly string[], palette: Palette, indent = ''): string => {
  const head = selectors.map((selector) => indent + selector).join(',\n')
  const lines = Object.entries(palette).map(([name, value]) => `${indent}  --mq-${name}: ${value};`)
  return `${head} {\n${lines.join('\n')}\n${indent}}\n`
}

/**
 * The style sheet of a theme: nothing but custom properties, on nothing but the widgets' tags, so that a page's own
 * styles stay what they are. Dark holds as it does inside the widgets: by the system's wish unless a widget says
 * `light`, and wherever it says `dark`. Empty when there is nothing to say.
 *
 * Also run by the theme page in the browser, from this very text: nothing here may need more than Chromium 86 has.
 */
export function themeCss(tags: readonly string[], light: Palette, dark: Palette): string {
  const parts: string[] = []
  if (Object.keys(light).length > 0) parts.push(block(tags, light))
  if (Object.keys(dark).length > 0) {
    const free = tags.map((tag) => `${tag}:not([theme='light'])`)
    const told = tags.map((tag) => `${tag}[theme='dark']`)
    parts.push(`@media (prefers-color-scheme: dark) {\n${block(free, dark, '  ')}}\n`, block(told, dark))
  }
  return parts.join('\n')
}
