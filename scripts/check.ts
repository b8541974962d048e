// npm run check: everything that can be told without running the software, ended by `N passed, N failed`.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackages, packages } from './build/packages.ts'
import { root, runChild } from './test/child.ts'
import { PARTS } from './test/parts.ts'
import type { Outcome } from './test/types.ts'

const PNPM = 'pnpm@12.21.0'
const stopping = new AbortController()
const context = { env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' }, signal: stopping.signal }
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    stopping.abort()
    process.exit(130)
  })
}

let passed = 0
let failed = 0

function print(title: string, { passed: good, failures }: Outcome): void {
  passed += good
  failed += failures.length
  console.log(`${failures.length > 0 ? '✖' : '✔'} ${title}`)
  for (const { detail } of failures) console.log(detail.replace(/^/gm, '  '))
}

/** Runs a program; its exit code is the check. */
async function check(title: string, program: string, args: string[]): Promise<void> {
  const { code, said } = await runChild(program, args, { ...context, patience: 300_000 })
  print(
    title,
    code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [{ title, detail: said.trim() }] },
  )
}

const script = (path: string) => join(root, 'node_modules', path)

/** Packs a package as it would be published, and lets publint and arethetypeswrong look at the tarball. */
async function checkPacked(name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-pack-'))
  try {
    const source = join(root, 'packages', name)
    const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
    const args = ['-y', PNPM, '--dir', source, 'pack', '--pack-destination', folder]
    const { code, said } = await runChild(npx, args, { ...context, patience: 120_000 })
    const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'))
    if (code !== 0 || !tarball) {
      print(`pack ${name}`, { passed: 0, failures: [{ title: name, detail: said.trim() }] })
      return
    }
    const path = join(folder, tarball)
    await check(`publint ${name}`, process.execPath, [script('publint/src/cli.js'), path, '--strict'])
    const attw = script('@arethetypeswrong/cli/dist/index.js')
    const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { exports: object }
    const entries = Object.keys(manifest.exports).filter(
      (entry) => !entry.includes('*') && !entry.endsWith('.json'),
    )
    const ours = ['--profile', 'esm-only', '--no-color', '--entrypoints', ...entries]
    await check(`arethetypeswrong ${name}`, process.execPath, [attw, path, ...ours])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

for (const part of PARTS.filter(({ name }) => name === 'lint' || name === 'types')) {
  for (const job of await part.jobs([])) print(job.title, await job.run(context))
}
await check('knip', process.execPath, [script('knip/bin/knip.js'), '--no-progress', '--no-config-hints'])
await buildPackages()
for (const name of packages) await checkPacked(name)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
