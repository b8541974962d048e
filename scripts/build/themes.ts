import { readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { themeCss } from '../../packages/elements/src/themes/css.ts'
import { themes } from '../../packages/elements/src/themes/palettes.ts'
import { at } from './paths.ts'

/** Tags that have a look; a scope has none. */
export const lookTags: readonly string[] = readdirSync(at('packages/elements/src/define'))
  .filter((file) => file.startsWith('mq-') && file !== 'mq-scope.ts')
  .map((file) => file.replace(/\.ts$/, ''))
  .sort()

/** The style sheet of a ready theme, as it lies in `themes/<file>.css`. */
export const themeFile = (file: string): string => {
  const { name, light, dark } = themes[file]!
  return `/* minqing: ${file} ${name} */\n${themeCss(lookTags, light, dark)}`
}

/** Writes `themes/*.css` into a folder, and answers their names below it. */
export async function buildThemes(dir: string): Promise<string[]> {
  await mkdir(join(dir, 'themes'), { recursive: true })
  const names = Object.keys(themes).map((file) => [file, `themes/${file}.css`] as const)
  for (const [file, path] of names) await writeFile(join(dir, path), themeFile(file))
  return names.map(([, path]) => path)
}
