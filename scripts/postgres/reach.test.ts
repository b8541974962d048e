import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { postgresAccount } from './account.ts'
import { binariesIn, packagedBinaries } from './binaries.ts'
import { discardPostgres } from './discard.ts'
import { elsewhereOf, findPlace } from './place.ts'
import { runProgram } from './programs.ts'
import { ask, atEnd, start, temporaryFolder } from './testing/help.ts'

const isRoot = process.getuid?.() === 0

// What differs between root and others is tested by whoever runs the tests: each user has its own half.
if (isRoot) {
  test('as root PostgreSQL runs under another account, which owns its data', async (t) => {
    const dataDir = await temporaryFolder(t)
    const server = await start(t, { dataDir })
    const status = execFileSync('ps', ['-o', 'uid=', '-p', String(server.pid)], { encoding: 'utf8' })
    const account = postgresAccount()
    assert.equal(Number(status), account?.uid)
    assert.notEqual(account?.uid, 0)
    const store = await stat(join(dataDir, 'postgres'))
    assert.deepEqual([store.uid, store.mode & 0o777], [account?.uid, 0o700])
    assert.deepEqual(server.lines, [])
  })

  test('below a home that only root may enter the data lie elsewhere, private, and one line says where', async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'minqing-home-'))
    assert.equal((await stat(home)).mode & 0o777, 0o700)
    const dataDir = join(home, 'clone', '.data')
    await mkdir(dataDir, { recursive: true })
    const elsewhere = await elsewhereOf(dataDir)
    atEnd(t, async () => {
      await discardPostgres(dataDir)
      await rm(home, { recursive: true })
    })
    const server = await start(t, { dataDir })
    const account = postgresAccount()
    const line = `PostgreSQL runs as the user ${account?.name}, who cannot enter this folder: its files are in ${elsewhere}`
    assert.deepEqual(server.lines, [line])
    const folder = await stat(elsewhere)
    assert.deepEqual([folder.uid, folder.mode & 0o777], [account?.uid, 0o700])
    await ask(server.url, 'create table kept (n int)')
    await server.stop()

    await chmod(home, 0o755)
    const again = await start(t, { dataDir })
    await ask(again.url, 'select n from kept')
    await again.stop()
    await discardPostgres(dataDir)
    assert.equal(existsSync(elsewhere), false, 'discarding removes the folder elsewhere')
  })

  test('programs the account cannot reach are copied once, and run from there', async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'minqing-home-'))
    const dataDir = join(home, '.data')
    const hidden = join(home, 'native')
    execFileSync('cp', ['-R', packagedBinaries().home, hidden])
    execFileSync('chmod', ['-R', 'go-rwx', hidden])
    const elsewhere = await elsewhereOf(dataDir)
    atEnd(t, async () => {
      await rm(elsewhere, { recursive: true })
      await rm(home, { recursive: true })
    })
    const find = () => findPlace(dataDir, binariesIn(hidden), postgresAccount(), () => undefined)
    const place = await find()
    assert.equal(place.binaries.home, join(elsewhere, 'programs'))
    assert.match((await runProgram(place, place.binaries.postgres, ['--version'])).said, /PostgreSQL\) 18/)
    const made = (await stat(place.binaries.home)).ctimeMs
    await find()
    assert.equal((await stat(place.binaries.home)).ctimeMs, made, 'not copied again')
  })

  test('a folder in /var/tmp that another user laid out is not used', async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'minqing-home-'))
    const dataDir = join(home, '.data')
    const elsewhere = await elsewhereOf(dataDir)
    await mkdir(elsewhere)
    execFileSync('chown', ['12345:12345', elsewhere])
    atEnd(t, async () => {
      await rm(elsewhere, { recursive: true })
      await rm(home, { recursive: true })
    })
    await assert.rejects(
      findPlace(dataDir, packagedBinaries(), postgresAccount(), () => undefined),
      {
        sentence: `${elsewhere} belongs to another user: remove it or set MQ_DATA_DIR, then start again.`,
      },
    )
  })
} else {
  test('as an ordinary user PostgreSQL runs as that user, in the data folder', async (t) => {
    const dataDir = await temporaryFolder(t)
    const server = await start(t, { dataDir })
    assert.equal(postgresAccount(), undefined)
    assert.equal((await stat(join(dataDir, 'postgres'))).uid, process.getuid?.())
    assert.deepEqual(server.lines, [])
  })
}
