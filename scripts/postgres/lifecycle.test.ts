import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { isAlive } from '../processes.ts'
import { ask, start, temporaryFolder } from './testing/help.ts'

test('the first start makes a cluster, private, durable and in UTF-8', async (t) => {
  const dataDir = await temporaryFolder(t)
  const server = await start(t, { dataDir })
  const settings = await ask(
    server.url,
    `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit,
       current_setting('server_version_num')::int / 10000 as major,
       (select datlocprovider::text || datlocale from pg_database where datname = current_database()) as locale`,
  )
  const expected = { encoding: 'UTF8', fsync: 'on', pages: 'on', commit: 'on', major: 18, locale: 'bC.UTF-8' }
  assert.deepEqual(settings[0], expected)
  assert.equal(server.adopted, false)
  const password = join(dataDir, 'postgres', 'password')
  if (process.platform !== 'win32') assert.equal((await stat(password)).mode & 0o777, 0o600)
  assert.equal(new URL(server.url).password, await readFile(password, 'utf8'))
})

test('a wrong password is refused', async (t) => {
  const server = await start(t, { dataDir: await temporaryFolder(t) })
  const wrong = new URL(server.url)
  wrong.password = 'guess'
  await assert.rejects(ask(wrong.href, 'select 1'), { code: '28P01' })
})

test('it listens on 127.0.0.1 only', async (t) => {
  const server = await start(t, { dataDir: await temporaryFolder(t) })
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
  for (const { address } of others) {
    const reached = await new Promise((resolve) => {
      const socket = connect({ host: address, port: server.port, timeout: 1000 })
      socket.on('connect', () => resolve(socket.destroy() && true))
      socket.on('error', () => resolve(false))
      socket.on('timeout', () => resolve(socket.destroy() && false))
    })
    assert.equal(reached, false, address)
  }
})

test('what was written is there after a stop and a start', async (t) => {
  const dataDir = await temporaryFolder(t)
  const first = await start(t, { dataDir })
  await ask(first.url, 'create table kept (word text)', "insert into kept values ('走访')")
  await first.stop()
  assert.equal(await isAlive(first.pid), false)
  const second = await start(t, { dataDir })
  assert.equal(second.adopted, false)
  assert.deepEqual(await ask(second.url, 'select word from kept'), [{ word: '走访' }])
})

test('stopping cuts open sessions, waits, and may be asked for twice', async (t) => {
  const server = await start(t, { dataDir: await temporaryFolder(t) })
  const sleeping = ask(server.url, 'select pg_sleep(60)')
  const cut = assert.rejects(sleeping)
  await Promise.all([server.stop(), server.stop()])
  await cut
  assert.equal(await isAlive(server.pid), false)
})

test('a server that dies is told', async (t) => {
  let told = (_sentence: string): void => undefined
  const lost = new Promise<string>((resolve) => (told = resolve))
  const server = await start(t, { dataDir: await temporaryFolder(t), onLost: (sentence) => told(sentence) })
  process.kill(server.pid, 'SIGQUIT')
  assert.match(await lost, /^PostgreSQL stopped unexpectedly, see .*postgres\.log\.$/)
})
