import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import { temporaryFolder } from '../postgres/testing/help.ts'
import { isAlive, isGoneWithin } from '../processes.ts'
import { freePort, holderPid, postgresPid, runStart, runStartByShell } from './testing/command.ts'

test('npm start answers, refuses a second start, and Ctrl-C leaves no process', async (t) => {
  const dataDir = await temporaryFolder(t)
  const port = await freePort()
  const env = { PORT: String(port), MQ_DATA_DIR: dataDir }
  const first = runStart(t, [], env)
  const [, url = ''] = await first.until(/minqing runs at (\S+)/)
  assert.equal(url, `http://127.0.0.1:${port}`)
  for (const path of ['/healthz', '/readyz', '/']) assert.equal((await fetch(url + path)).status, 200, path)
  const pids = [await postgresPid(dataDir), await holderPid(dataDir)]

  const second = await runStart(t, [], env).ended()
  assert.equal(second.code, 1)
  const sentence = `The data folder ${dataDir} is in use by process ${pids[1]}: stop that one, or set MQ_DATA_DIR to another folder.`
  assert.equal(second.said.trim().split('\n').at(-1), sentence)
  assert.equal((await fetch(`${url}/healthz`)).status, 200, 'the first goes on')

  first.child.kill('SIGINT')
  assert.equal((await first.ended()).code, 0)
  for (const pid of pids) assert.equal(await isAlive(pid), false)
  await assert.rejects(fetch(url))
})

test('after kill -9 of everything but PostgreSQL the next start takes it over; --fresh begins again', async (t) => {
  const dataDir = await temporaryFolder(t)
  const env = { PORT: String(await freePort()), MQ_DATA_DIR: dataDir }
  const first = runStart(t, [], env)
  await first.until(/minqing runs at/)
  const pid = await postgresPid(dataDir)
  const holder = await holderPid(dataDir)
  process.kill(holder, 'SIGKILL')
  assert.equal((await first.ended()).code, 137)
  assert.equal(await isAlive(pid), true)

  const second = runStart(t, [], env)
  await second.until(/minqing runs at/)
  assert.match(second.said(), /Took over the PostgreSQL that an earlier run left behind\./)
  assert.doesNotMatch(second.said(), /Writing demo data/)
  assert.equal(await postgresPid(dataDir), pid)
  await writeFile(join(dataDir, 'notes.txt'), 'mine')
  second.child.kill('SIGTERM')
  assert.equal((await second.ended()).code, 0)
  assert.equal(await isAlive(pid), false)

  const third = runStart(t, ['--fresh'], env)
  await third.until(/minqing runs at/)
  assert.match(third.said(), /Writing demo data: [\d,]+ of [\d,]+/)
})

test('when the bootstrap itself is killed outright the server and PostgreSQL end by themselves', async (t) => {
  const dataDir = await temporaryFolder(t)
  const command = runStart(t, [], { PORT: String(await freePort()), MQ_DATA_DIR: dataDir })
  await command.until(/Writing demo data/)
  const pids = [await postgresPid(dataDir), await holderPid(dataDir)]
  command.child.kill('SIGKILL')
  for (const pid of pids) assert.equal(await isGoneWithin(pid, 15_000), true)
})

test('when the shell that npm runs it by is told to end, nothing is left behind', async (t) => {
  const dataDir = await temporaryFolder(t)
  const command = runStartByShell(t, { PORT: String(await freePort()), MQ_DATA_DIR: dataDir })
  await command.until(/Writing demo data/)
  const pids = [await postgresPid(dataDir), await holderPid(dataDir)]
  command.child.kill('SIGTERM')
  for (const pid of pids) assert.equal(await isGoneWithin(pid, 15_000), true)
})

test('if PostgreSQL dies the command says so and ends', async (t) => {
  const dataDir = await temporaryFolder(t)
  const command = runStart(t, [], { PORT: String(await freePort()), MQ_DATA_DIR: dataDir })
  await command.until(/minqing runs at/)
  process.kill(await postgresPid(dataDir), 'SIGKILL')
  const { code, said } = await command.ended()
  assert.equal(code, 1)
  assert.match(said, /PostgreSQL stopped unexpectedly, see .*postgres\.log\./)
})

test('a port in use is said at once, with how to choose another', async (t) => {
  const dataDir = await temporaryFolder(t)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const { port } = other.address() as { port: number }
  const { code, said } = await runStart(t, [], { PORT: String(port), MQ_DATA_DIR: dataDir }).ended()
  assert.equal(code, 1)
  const sentence = `Port ${port} is in use by another program: stop that one, or choose another, for example with PORT=${port + 1} npm start.`
  assert.equal(said.trim().split('\n').at(-1), sentence)
})
