import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packages } from '../build/packages.ts'
import { root, runChild } from '../test/child.ts'
import type { Report } from './report.ts'

const PNPM = 'pnpm@12.21.0'
export const windows = process.platform === 'win32'

/** Tarballs by the package's short name (`core`). */
export type Tarballs = ReadonlyMap<string, string>

/** Packs every package as it would be published. What fails is told, and the packages are missing. */
export async function packAll(folder: string, report: Report): Promise<Tarballs> {
  const args = ['-y', PNPM, '-r', '--filter', './packages/*', 'pack', '--pack-destination', folder]
  const options = { ...report.context, patience: 300_000 }
  const { code, said } = await runChild(windows ? 'npx.cmd' : 'npx', args, options)
  const files = await readdir(folder)
  const tarballs = packages.flatMap((name): [string, string][] => {
    const file = files.find((one) => one.startsWith(`minqing-${name}-`) && one.endsWith('.tgz'))
    return file === undefined ? [] : [[name, join(folder, file)]]
  })
  const good = code === 0 && tarballs.length === packages.length
  report.tell('pack every package', good ? [] : [said.trim()])
  return new Map(good ? tarballs : [])
}

const script = (path: string) => join(root, 'node_modules', path)

/** Lets publint and arethetypeswrong look at the tarballs. */
export async function inspectPacked(tarballs: Tarballs, report: Report): Promise<void> {
  for (const [name, path] of tarballs) {
    await report.run(`publint ${name}`, process.execPath, [script('publint/src/cli.js'), path, '--strict'])
    const manifest = JSON.parse(await readFile(join(root, 'packages', name, 'package.json'), 'utf8')) as {
      exports: object
    }
    const entries = Object.keys(manifest.exports).filter(
      (entry) => !entry.includes('*') && !entry.endsWith('.json'),
    )
    const attw = script('@arethetypeswrong/cli/dist/index.js')
    const ours = ['--profile', 'esm-only', '--no-color', '--entrypoints', ...entries]
    await report.run(`arethetypeswrong ${name}`, process.execPath, [attw, path, ...ours])
  }
}
