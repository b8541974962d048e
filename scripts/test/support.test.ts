import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { createTestDatabase } from '../../test/support/database.ts'
import { ask } from '../postgres/testing/help.ts'

test('test databases are migrated, empty and apart from each other, and gone after drop', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
  await ask(one.url, 'create table witness (n int)')
  assert.deepEqual(await ask(other.url, `select to_regclass('witness') as found`), [{ found: null }])
  assert.deepEqual(await ask(one.url, 'select count(*)::int as n from diary'), [{ n: 0 }])
  await one.drop()
  await assert.rejects(ask(one.url, 'select 1'), { code: '3D000' })
  await other.drop()
})

/** Asks for a browser in a process of its own, since the answer is remembered. */
function findWith(env: NodeJS.ProcessEnv): string {
  const module = new URL('../../test/support/chromium.ts', import.meta.url).href
  const text = `const { findChromium } = await import('${module}')
    console.log(await findChromium().catch((error) => error.sentence))`
  const args = ['--input-type=module', '-e', text]
  return execFileSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' }).trim()
}

test('Chromium is the one of CHROME_PATH, else the first on the PATH; a wrong CHROME_PATH is said', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-browser-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const program = join(folder, 'chromium')
  writeFileSync(program, '#!/bin/sh\n')
  chmodSync(program, 0o755)
  assert.equal(findWith({ CHROME_PATH: '', PATH: `${folder}:/usr/bin` }), program)
  assert.equal(findWith({ CHROME_PATH: program, PATH: '/usr/bin' }), program)
  const wrong = join(folder, 'nothing')
  assert.equal(
    findWith({ CHROME_PATH: wrong }),
    `CHROME_PATH names ${wrong}, which is not a program that can be run.`,
  )
})
