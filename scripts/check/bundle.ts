import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { root, runChild } from '../test/child.ts'
import type { Bundler, Project } from './projects.ts'
import type { Report } from './report.ts'

/** Pages of a project: every entry, one name of the client, one class of the widgets. */
export const pages = ['all', 'client', 'widget'] as const
export type PageName = (typeof pages)[number]

/** How each bundler is called for a page, so that a warning can be told from a success. */
const commands: Readonly<Record<Bundler, (page: PageName) => string[]>> = {
  vite: (page) => [
    ...['vite/bin/vite.js', 'build', page, '--config', 'vite.config.js'],
    ...['--outDir', `../built/${page}`, '--emptyOutDir', '--logLevel', 'warn'],
  ],
  webpack: (page) => [
    ...['webpack-cli/bin/cli.js', '--config', 'webpack.config.js', '--entry', `./${page}/main.js`],
    ...['--output-path', `built/${page}`, '--stats', 'errors-warnings', '--fail-on-warnings'],
  ],
  rollup: (page) => [
    ...['rollup/dist/bin/rollup', '--config', 'rollup.config.js', '--input', `${page}/main.js`],
    ...['--dir', `built/${page}`, '--failAfterWarnings'],
  ],
}

/**
 * sm-crypto-v2 asks Node for its crypto where there is no global one. No browser comes there, and the guide says so
 * (docs/plugins/sm-crypto.md); webpack and rollup are silent about it.
 */
const known = /^\[plugin [\w:-]+\] Module "crypto" has been externalized [^\n]*sm-crypto-v2[^\n]*$/gm

/** The others say that all went well; their exit code tells whether there was something to warn of. */
const silent: readonly Bundler[] = ['vite']

/** Builds the pages of a project. Answers whether all of them are there and nothing was warned of. */
export async function buildPages(bundler: Bundler, { folder }: Project, report: Report): Promise<boolean> {
  for (const page of pages) {
    const [script = '', ...args] = commands[bundler](page)
    const options = { ...report.context, patience: 300_000, cwd: folder }
    const path = join(folder, 'node_modules', script)
    const { code, said } = await runChild(process.execPath, [path, ...args], options)
    const warned = silent.includes(bundler) ? said.replace(known, '').trim() : ''
    const wrong = code === 0 && warned === '' ? [] : [warned || said.trim()]
    report.tell(`${bundler} builds the page ${page} without a warning`, wrong)
    if (wrong.length > 0) return false
    if (bundler !== 'vite')
      await cp(join(folder, page, 'index.html'), join(folder, 'built', page, 'index.html'))
  }
  return true
}

/** The types of all entries, as projects of both kinds see them, the declarations themselves included. */
export async function checkTypes({ name, folder }: Project, report: Report): Promise<void> {
  for (const resolution of ['bundler', 'node16'] as const) {
    const args = [
      ...['--noEmit', '--strict', '--pretty', 'false', '--target', 'es2022', '--resolveJsonModule'],
      ...['--module', resolution === 'bundler' ? 'esnext' : 'node16', '--moduleResolution', resolution],
      ...['--lib', 'es2022,dom,dom.iterable,dom.asynciterable'],
      ...['--types', name === 'node' ? 'node' : ''],
      'types.ts',
    ]
    const options = { ...report.context, patience: 300_000, cwd: folder }
    const compiler = join(root, 'node_modules/typescript-7/bin/tsc')
    const { code, said } = await runChild(process.execPath, [compiler, ...args], options)
    report.tell(
      `types in the ${name} project, moduleResolution ${resolution}`,
      code === 0 ? [] : [said.trim()],
    )
  }
}
