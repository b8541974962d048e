import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './index.ts'
import { ask, start, temporaryFolder } from './testing/help.ts'
import { withLittleSpace } from './testing/little-space.ts'

const silent = () => undefined

test('a port in use is named', async (t) => {
  const dataDir = await temporaryFolder(t)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const { port } = other.address() as AddressInfo
  await assert.rejects(startPostgres({ dataDir, port, log: silent }), {
    sentence: `Port ${port} is in use, so PostgreSQL cannot listen there: choose another port.`,
  })
})

test('data of another major version are named, and left as they are', async (t) => {
  const dataDir = await temporaryFolder(t)
  const first = await start(t, { dataDir })
  await first.stop()
  const file = join(dataDir, 'postgres', 'cluster', 'PG_VERSION')
  await writeFile(file, '15\n')
  await assert.rejects(startPostgres({ dataDir, log: silent }), {
    sentence:
      `The data in ${join(dataDir, 'postgres')} were made by PostgreSQL 15 and this is PostgreSQL 18: ` +
      'export them with the older version, or begin again with `npm start -- --fresh`.',
  })
  await writeFile(file, '18\n')
  await start(t, { dataDir })
})

test('a folder that is no cluster is not touched', async (t) => {
  const dataDir = await temporaryFolder(t)
  await mkdir(join(dataDir, 'postgres'), { recursive: true })
  await writeFile(join(dataDir, 'postgres', 'thesis.txt'), 'only copy')
  await assert.rejects(startPostgres({ dataDir, log: silent }), /is not a complete PostgreSQL data folder/)
  assert.deepEqual(await readdir(join(dataDir, 'postgres')), ['thesis.txt'])
})

test('a lost password is said', async (t) => {
  const dataDir = await temporaryFolder(t)
  await (await start(t, { dataDir })).stop()
  await rm(join(dataDir, 'postgres', 'password'))
  await assert.rejects(startPostgres({ dataDir, log: silent }), /The password of the database is missing/)
})

test('no room for the files of a new cluster is said in one sentence, by whichever user', async (t) => {
  const dataDir = await temporaryFolder(t)
  // 512-byte blocks: 4 MB, less than one segment of the write-ahead log
  const script = 'ulimit -f 8192; exec "$0" "$1" "$2"'
  const hold = fileURLToPath(new URL('./testing/hold.ts', import.meta.url))
  const ended = spawnSync('/bin/sh', ['-c', script, process.execPath, hold, dataDir], { encoding: 'utf8' })
  assert.equal(
    ended.stderr,
    `The disk that holds ${join(dataDir, 'postgres')} is full: free some space, then start again.\n`,
  )
  assert.equal(ended.status, 1)
  assert.equal(existsSync(join(dataDir, 'postgres')), false)
})

// Only root may mount the small file system of this test; what others can have is the limit above.
if (process.getuid?.() === 0) {
  test('a disk that is full while the cluster is made is said, and nothing half-made stays', async (t) => {
    const space = await withLittleSpace(t)
    await assert.rejects(
      startPostgres({ dataDir: space.dataDir, log: silent }),
      /^StartupProblem: The disk .* is full: free/,
    )
    assert.equal(existsSync(join(space.dataDir, 'postgres')), false)
    assert.equal(existsSync(join(space.dataDir, 'postgres.new')), false)
    await space.enlarge()
    const server = await start(t, { dataDir: space.dataDir })
    assert.deepEqual(await ask(server.url, 'select 1 as one'), [{ one: 1 }])
    await server.stop()
    await space.fill()
    await assert.rejects(
      startPostgres({ dataDir: space.dataDir, log: silent }),
      /^StartupProblem: The disk .* is full: free/,
    )
    await space.free()
    await start(t, { dataDir: space.dataDir })
  })
}
