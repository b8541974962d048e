import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from 'esbuild'

const entry = new URL('./index.ts', import.meta.url).pathname

/** What a host's bundler makes of the client: which packages lie in code loaded at once, and which come later. */
async function packagesOfBundle() {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    write: false,
    outdir: '/out',
    format: 'esm',
    platform: 'browser',
    target: 'chrome86',
    conditions: ['minqing-source'],
    metafile: true,
  })
  const outputs = Object.entries(metafile.outputs)
  const first = outputs.find(([, output]) => output.entryPoint?.endsWith('client/src/index.ts'))![0]
  const eager = new Set<string>()
  const visit = (file: string) => {
    if (eager.has(file)) return
    eager.add(file)
    for (const { kind, path } of metafile.outputs[file]!.imports) if (kind === 'import-statement') visit(path)
  }
  visit(first)
  const packagesIn = (wanted: boolean) => {
    const inputs = outputs
      .filter(([file]) => eager.has(file) === wanted)
      .flatMap(([, o]) => Object.keys(o.inputs))
    const names = inputs.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    return new Set(names.filter((name) => name !== undefined))
  }
  return { eager: packagesIn(true), lazy: packagesIn(false) }
}

test('a page gets no schema runtime, and libraries only when it uses what needs them', async () => {
  const { eager, lazy } = await packagesOfBundle()
  assert.deepEqual([...eager], [], 'nothing from npm is loaded at once')
  for (const name of ['ky', 'tus-js-client', 'eventsource-parser', 'idb']) assert.ok(lazy.has(name), name)
  assert.ok(!lazy.has('typebox'))
})
