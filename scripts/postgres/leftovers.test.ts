import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import { isAlive } from '../processes.ts'
import { discardPostgres } from './discard.ts'
import { startPostgres } from './index.ts'
import { ask, atEnd, holdInOtherProcess, killOutright, start, temporaryFolder } from './testing/help.ts'

const silent = () => undefined

test('a second start while a living process holds the folder names that process', async (t) => {
  const dataDir = await temporaryFolder(t)
  const { holder, pid } = await holdInOtherProcess(t, dataDir)
  await assert.rejects(startPostgres({ dataDir, log: silent }), {
    sentence: `The data folder ${dataDir} is in use by process ${holder.pid}: stop that one, or set MQ_DATA_DIR to another folder.`,
  })
  assert.equal(await isAlive(pid), true, 'the first goes on')
})

test('a server left by a killed run is taken over with its data, and stopped in the end', async (t) => {
  const dataDir = await temporaryFolder(t)
  const { holder, pid, port } = await holdInOtherProcess(t, dataDir)
  await killOutright(holder)
  assert.equal(await isAlive(pid), true, 'PostgreSQL outlives its starter')
  const server = await start(t, { dataDir })
  assert.deepEqual([server.adopted, server.pid, server.port], [true, pid, port])
  assert.deepEqual(await ask(server.url, 'select 1 as one'), [{ one: 1 }])
  await server.stop()
  assert.equal(await isAlive(pid), false)
})

test('a server left on another port than the one asked for is stopped, and a new one started', async (t) => {
  const dataDir = await temporaryFolder(t)
  const { holder, pid } = await holdInOtherProcess(t, dataDir)
  await killOutright(holder)
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  const server = await start(t, { dataDir, port })
  assert.deepEqual([server.adopted, server.port], [false, port])
  assert.equal(await isAlive(pid), false)
})

test('a leftover that does not answer is stopped, and a new one started', async (t) => {
  const dataDir = await temporaryFolder(t)
  const { holder, pid } = await holdInOtherProcess(t, dataDir)
  await killOutright(holder)
  process.kill(pid, 'SIGSTOP')
  setTimeout(() => process.kill(pid, 'SIGCONT'), 5500)
  const server = await start(t, { dataDir })
  assert.equal(server.adopted, false)
  assert.deepEqual(await ask(server.url, 'select 1 as one'), [{ one: 1 }])
})

test('after a crash of both, committed rows are recovered', async (t) => {
  const dataDir = await temporaryFolder(t)
  const server = await start(t, { dataDir })
  await ask(server.url, 'create table kept (n int)', 'insert into kept select generate_series(1, 1000)')
  process.kill(server.pid, 'SIGKILL')
  await server.stop()
  const again = await start(t, { dataDir })
  assert.deepEqual(await ask(again.url, 'select count(*)::int as n from kept'), [{ n: 1000 }])
})

test('a postmaster.pid that names another living program is stale', async (t) => {
  const dataDir = await temporaryFolder(t)
  const first = await start(t, { dataDir })
  const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  await first.stop()
  const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  atEnd(t, () => bystander.kill())
  await writeFile(file, text.replace(/^\d+/, String(bystander.pid)))
  const second = await start(t, { dataDir })
  assert.equal(second.adopted, false)
  assert.equal(await isAlive(bystander.pid as number), true, 'the bystander is left alone')
})

test('discarding stops a leftover and removes the cluster, nothing else', async (t) => {
  const dataDir = await temporaryFolder(t)
  const { holder, pid } = await holdInOtherProcess(t, dataDir)
  await assert.rejects(discardPostgres(dataDir), /in use by process/)
  await killOutright(holder)
  await writeFile(join(dataDir, 'notes.txt'), 'mine')
  await discardPostgres(dataDir)
  assert.equal(await isAlive(pid), false)
  assert.equal(await readFile(join(dataDir, 'notes.txt'), 'utf8'), 'mine')
  const fresh = await start(t, { dataDir })
  assert.equal(fresh.adopted, false)
})
