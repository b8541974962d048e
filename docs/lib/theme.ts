import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { tokens as styles } from '../../packages/elements/src/internal/styles.ts'
import type { Palette } from '../../packages/elements/src/themes/css.ts'
import { themes as ready, type Theme } from '../../packages/elements/src/themes/palettes.ts'
import { lookTags } from '../../scripts/build/themes.ts'

/** Public colors, in the order of the page, and what they are for. */
const colors: Record<string, string> = {
  accent: '按钮、链接、标记',
  'on-accent': '按钮上的文字',
  tint: '选中与提示的底色',
  surface: '卡片与输入框的底色',
  sunken: '卡片之下、停用的底色',
  text: '正文',
  muted: '次要文字',
  line: '卡片边框、分隔线',
  edge: '输入框边框',
  danger: '出错、超期',
  'danger-tint': '出错的底色',
  warn: '临期、提醒',
  'warn-tint': '提醒的底色',
}

/** Which color stands on which, and how far they have to differ: text by WCAG 1.4.3, borders of fields by 1.4.11. */
const pairs: readonly [front: string, back: string, what: string, least: number][] = [
  ['text', 'surface', '正文在卡片上', 4.5],
  ['text', 'sunken', '正文在卡片之下', 4.5],
  ['text', 'tint', '正文在提示里', 4.5],
  ['muted', 'surface', '次要文字在卡片上', 4.5],
  ['muted', 'sunken', '次要文字在卡片之下', 4.5],
  ['accent', 'surface', '链接在卡片上', 4.5],
  ['accent', 'sunken', '链接在卡片之下', 4.5],
  ['accent', 'tint', '标记在选中的底色上', 4.5],
  ['on-accent', 'accent', '按钮的文字', 4.5],
  ['danger', 'surface', '出错的文字', 4.5],
  ['danger', 'danger-tint', '出错的文字在其底色上', 4.5],
  ['warn', 'surface', '提醒的文字', 4.5],
  ['warn', 'warn-tint', '提醒的文字在其底色上', 4.5],
  ['edge', 'surface', '输入框的边框', 3],
]

/** The values that widgets have by themselves, read from their own styles. */
function defaults(): { light: Palette; dark: Palette } {
  const [, ...schemes] = styles.cssText.split(/(?=--_surface:)/)
  const read = (text = '') =>
    Object.fromEntries(
      [...text.matchAll(/var\(--mq-([\w-]+), (#\w+)\)/g)].map(([, name, value]) => [name!, long(value!)]),
    )
  return { light: read(schemes[0]), dark: read(schemes[1]) }
}

/** `#fff` as a color field writes it. */
const long = (value: string) => value.replace(/^#(\w)(\w)(\w)$/, '#$1$1$2$2$3$3')

const themes: Record<string, Theme> = { default: { name: '默认', ...defaults() }, ...ready }

/** All that the theme page is made from. */
export const themePage = {
  tags: lookTags,
  colors: Object.entries(colors).map(([name, what]) => ({ name, what })),
  pairs: pairs.map(([front, back, what, least]) => ({ front, back, what, least })),
  themes: Object.entries(themes).map(([id, { name, light, dark }]) => ({ id, name, light, dark })),
  /** The module that writes the style sheet, as the browser runs it: the very one that makes the ready themes. */
  module: transformSync(
    readFileSync(new URL('../../packages/elements/src/themes/css.ts', import.meta.url), 'utf8'),
    { loader: 'ts', target: 'chrome86' },
  ).code,
}
