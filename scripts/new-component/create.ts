import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { StartupProblem } from '../problem.ts'
import { filesOf, linesOf } from './files.ts'
import type { Names } from './names.ts'

function insert(text: string, like: RegExp, lines: string, path: string): string {
  const last = [...text.matchAll(like)].at(-1)
  if (!last)
    throw new StartupProblem(`${path} has no line to put the new component after: add it by hand.\n${lines}`)
  const end = last.index + last[0].length
  return `${text.slice(0, end)}\n${lines}${text.slice(end)}`
}

/**
 * Makes a component in the repository at `root` and makes it known to the loader, the bundle and the index.
 * Answers the paths it wrote. Nothing is written if one of the files exists already.
 *
 * @throws StartupProblem if there is such a component, or the repository has another shape
 */
export async function createComponent(root: string, names: Names): Promise<string[]> {
  const files = filesOf(names)
  const taken = Object.keys(files).find((path) => existsSync(join(root, path)))
  if (taken) throw new StartupProblem(`There is a component of this name already: ${taken}`)
  for (const { path, like, lines } of linesOf(names)) {
    files[path] = insert(await readFile(join(root, path), 'utf8'), like, lines, path)
  }
  const options = await resolveConfig(join(root, 'package.json'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), await format(text, { ...options, filepath: path }))
  }
  return Object.keys(files)
}
