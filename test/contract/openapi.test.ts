import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createTestApp, type TestApp } from '../../packages/server/src/testing/app.ts'
import { Documented, allOperations } from './support/documented.ts'

const cli = fileURLToPath(new URL('../../node_modules/@redocly/cli/bin/cli.js', import.meta.url))

let server: TestApp
let folder: string
before(async () => {
  server = await createTestApp({ demo: true, publicUrl: 'https://minqing.example.cn' })
  folder = await mkdtemp(join(tmpdir(), 'minqing-openapi-'))
})
after(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

interface Lint {
  totals: { errors: number; warnings: number }
  problems: { message: string; location: unknown[] }[]
}

/** Runs the linter without its telemetry and its look for updates: the tests need no network. */
function lint(document: string): Promise<Lint> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' }
  const args = [cli, 'lint', 'openapi.json', '--extends=recommended', '--format=json']
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: document, env, maxBuffer: 10_000_000 },
      (error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as Lint)
        } catch {
          reject(new Error(`the linter failed: ${error?.message ?? ''} ${stdout} ${stderr}`))
        }
      },
    )
  })
}

describe('/openapi.json', () => {
  it('passes the linter without an error', async () => {
    const { body, statusCode } = await server.app.inject('/openapi.json')
    assert.equal(statusCode, 200)
    await writeFile(join(folder, 'openapi.json'), body)
    const { totals, problems } = await lint(folder)
    assert.equal(totals.errors, 0, JSON.stringify(problems, undefined, 1))
  })

  it('is linted in earnest: a broken document has errors', async () => {
    const document = (await server.app.inject('/openapi.json')).json<{
      paths: object
      info: { title?: string }
    }>()
    delete document.info.title
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(document))
    assert.ok((await lint(folder)).totals.errors > 0)
  })

  it('describes every operation of the table at the public address, and no other', async () => {
    const document = (await server.app.inject('/openapi.json')).json<{ servers: { url: string }[] }>()
    assert.deepEqual(document.servers, [{ url: 'https://minqing.example.cn' }])
    assert.deepEqual(new Documented(document).ids, allOperations.map(([id]) => id).sort())
  })

  it('leaves out what exists only in the demo, as does the server', async () => {
    const plain = await createTestApp()
    try {
      const ids = new Documented((await plain.app.inject('/openapi.json')).json()).ids
      assert.ok(ids.length > 20 && ids.every((id) => !id.startsWith('demo.')))
      assert.equal((await plain.ask('GET /v1/demo/personas')).statusCode, 404)
      assert.equal((await plain.ask('POST /v1/demo/token', { body: { persona: 'auditor' } })).statusCode, 404)
    } finally {
      await plain.close()
    }
  })
})
