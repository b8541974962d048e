import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { takeLock } from './lock.ts'

function lockFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-lock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'a.lock')
}

test('a lock is held until it is released, and leaves nothing behind', async (t) => {
  const file = lockFile(t)
  const first = await takeLock(file)
  assert.ok('release' in first)
  assert.deepEqual(await takeLock(file), { heldBy: process.pid })
  await first.release()
  const second = await takeLock(file)
  assert.ok('release' in second)
  await second.release()
  assert.deepEqual(readdirSync(join(file, '..')), [])
})

test('a lock of a dead process, of a later process with its id, or in pieces, is taken over', async (t) => {
  const file = lockFile(t)
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const stale = [
    JSON.stringify({ pid: dead, mark: '' }),
    JSON.stringify({ pid: process.pid, mark: 'earlier' }),
    '{"pi',
  ]
  for (const text of stale) {
    writeFileSync(file, text)
    const lock = await takeLock(file)
    assert.ok('release' in lock, text)
    await lock.release()
  }
})

test('of many processes that race for a stale lock one gets it', async (t) => {
  const file = lockFile(t)
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, mark: '' }))
  const module = new URL('./lock.ts', import.meta.url).href
  const text = `const { takeLock } = await import('${module}')
    const lock = await takeLock(${JSON.stringify(file)})
    console.log('release' in lock ? 'mine' : 'held')
    process.stdin.on('end', () => process.exit()).resume()`
  const racers = Array.from({ length: 6 }, () => spawn(process.execPath, ['--input-type=module', '-e', text]))
  const answers = await Promise.all(
    racers.map(async (racer) => String((await once(racer.stdout, 'data'))[0]).trim()),
  )
  for (const racer of racers) racer.stdin.end()
  assert.equal(answers.filter((answer) => answer === 'mine').length, 1)
})
