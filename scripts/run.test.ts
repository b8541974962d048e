import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isGoneWithin } from './processes.ts'

const scripts = fileURLToPath(new URL('.', import.meta.url))

/**
 * A small project around the real run.mjs. Only the registry is out of reach: `npx` is a program of the test,
 * which does what pnpm would leave behind, and counts.
 */
function project(t: TestContext, npx = '') {
  const home = mkdtempSync(join(tmpdir(), 'minqing run ü-'))
  t.after(() => rmSync(home, { recursive: true, force: true }))
  mkdirSync(join(home, 'scripts'))
  mkdirSync(join(home, 'bin'))
  cpSync(join(scripts, 'run.mjs'), join(home, 'scripts', 'run.mjs'))
  cpSync(join(scripts, 'on-parent-gone.ts'), join(home, 'scripts', 'on-parent-gone.ts'))
  writeFileSync(join(home, 'package.json'), '{"type":"module","scripts":{"start":"","test":""}}')
  writeFileSync(join(home, 'pnpm-lock.yaml'), 'one')
  symlinkSync(process.execPath, join(home, 'bin', 'real-node'))
  const install = `echo "$@" >> installs; sleep 0.3; mkdir -p node_modules/node/bin; ln -sf "$PWD/bin/real-node" node_modules/node/bin/node`
  writeFileSync(join(home, 'bin', 'npx'), `#!/bin/sh\n${npx || install}\n`, { mode: 0o755 })
  const command = (text: string) => writeFileSync(join(home, 'scripts', 'probe.ts'), text)
  const env = { ...process.env, PATH: `${join(home, 'bin')}${delimiter}${process.env['PATH']}` }
  const argv = (args: string[]) => [join(home, 'scripts', 'run.mjs'), ...args]
  const run = (...args: string[]) => spawnSync(process.execPath, argv(args), { env, encoding: 'utf8' })
  const begin = (...args: string[]) => spawn(process.execPath, argv(args), { env })
  const installs = () => readFileSync(join(home, 'installs'), 'utf8').trim().split('\n')
  return { home, command, run, begin, installs }
}

test('it installs once, quietly, and again when a manifest changed', (t) => {
  const { home, command, run, installs } = project(t)
  command('console.log(process.argv.slice(2).join(), process.execArgv[0])')
  const first = run('probe', 'a', '--b')
  assert.equal(first.stdout, 'Installing dependencies…\na,--b --conditions=minqing-source\n')
  assert.deepEqual(installs(), ['-y pnpm@12.21.0 install --frozen-lockfile'])
  assert.equal(run('probe').stdout, ' --conditions=minqing-source\n')
  assert.equal(installs().length, 1)
  mkdirSync(join(home, 'packages', 'core'), { recursive: true })
  writeFileSync(join(home, 'packages', 'core', 'package.json'), '{}')
  run('probe')
  assert.equal(installs().length, 2)
})

test('two runs at once install once', async (t) => {
  const { command, begin, installs } = project(t)
  command('')
  const runs = [begin('probe'), begin('probe')]
  const codes = await Promise.all(runs.map(async (child) => (await once(child, 'exit'))[0] as number))
  assert.deepEqual(codes, [0, 0])
  assert.equal(installs().length, 1)
})

test('the lock of a run that died does not hold the next one up', (t) => {
  const { home, command, run } = project(t)
  command('')
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  mkdirSync(join(home, '.cache', 'install.lock'), { recursive: true })
  writeFileSync(join(home, '.cache', 'install.lock', 'pid'), String(dead))
  assert.equal(run('probe').status, 0)
  assert.equal(existsSync(join(home, '.cache', 'install.lock')), false)
})

test('a failed installation shows what was said and one sentence, and is tried again', (t) => {
  const { command, run } = project(t, 'echo "ERR_PNPM_ENOSPC no space left on device"; exit 1')
  command('')
  for (let round = 0; round < 2; round++) {
    const { status, stderr } = run('probe')
    assert.equal(status, 1)
    const sentence =
      'Installing the dependencies failed: the disk is full: free some space, then run it again.'
    assert.equal(stderr, `ERR_PNPM_ENOSPC no space left on device\n${sentence}\n`)
  }
})

test('the exit code is passed on, and an unknown command is answered with the known ones', (t) => {
  const { command, run } = project(t)
  command('process.exit(7)')
  assert.equal(run('probe').status, 7)
  const unknown = run('../probe')
  assert.equal(unknown.status, 1)
  assert.equal(unknown.stderr, 'There is no command "../probe": try one of start, test.\n')
})

test('signals reach the command, and its end is the end', async (t) => {
  const { command, begin } = project(t)
  command(`process.on('SIGTERM', () => { console.log('told'); process.exit(4) })
    setInterval(() => {}, 1000); console.log('ready')`)
  const child = begin('probe')
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (said.endsWith('ready\n')) child.kill('SIGTERM')
  })
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 4)
  assert.match(said, /told\n$/)
})

test('killed outright it leaves no command behind', async (t) => {
  const { command, begin } = project(t)
  command(`setInterval(() => {}, 1000); console.log('pid ' + process.pid)`)
  const child = begin('probe')
  const pid = await new Promise<number>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /pid (\d+)/.exec(chunk.toString())
      if (found) resolve(Number(found[1]))
    })
  })
  child.kill('SIGKILL')
  assert.equal(await isGoneWithin(pid, 5000), true)
})
