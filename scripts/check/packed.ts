import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packages } from '../build/packages.ts'
import { root, runChild } from '../test/child.ts'
import type { Report } from './report.ts'

const PNPM = 'pnpm@12.21.0'
export const windows = process.platform === 'win32'

/** Tarballs by the package's short name (`core`). */
export type Tarballs = ReadonlyMap<string, string>

async function pack(name: string, folder: string, report: Report): Promise<string | undefined> {
  const before = new Set(await readdir(folder))
  const args = ['-y', PNPM, '--dir', join(root, 'packages', name), 'pack', '--pack-destination', folder]
  const options = { ...report.context, patience: 120_000 }
  const { code, said } = await runChild(windows ? 'npx.cmd' : 'npx', args, options)
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz') && !before.has(file))
  if (code === 0 && tarball) return join(folder, tarball)
  report.tell(`pack ${name}`, [said.trim()])
  return undefined
}

/** Packs every package as it would be published. Those that cannot be packed are told and missing. */
export async function packAll(folder: string, report: Report): Promise<Tarballs> {
  const tarballs = new Map<string, string>()
  for (const name of packages) {
    const path = await pack(name, folder, report)
    if (path) tarballs.set(name, path)
  }
  return tarballs
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
