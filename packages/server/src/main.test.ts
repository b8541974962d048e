import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { areasSeed, createTestDatabase } from '../../../test/support/database.ts'
import { startServer, type RunningServer } from './main.ts'

let databaseUrl: string
let drop: () => Promise<void>
let dataDir: string
before(async () => {
  const database = await createTestDatabase(areasSeed)
  databaseUrl = database.url
  drop = database.drop
  dataDir = await mkdtemp(join(tmpdir(), 'minqing-main-'))
})
after(async () => {
  await drop()
  await rm(dataDir, { recursive: true })
})

const start = (port = 0) =>
  startServer({ databaseUrl, dataDir, demo: true, host: '127.0.0.1', port, logLevel: 'silent' })

async function tokenOf(server: RunningServer, persona: string): Promise<string> {
  const response = await fetch(`${server.url}/v1/demo/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ persona }),
  })
  assert.equal(response.status, 201)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  return ((await response.json()) as { token: string }).token
}

const get = (server: RunningServer, path: string, token: string) =>
  fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } })

describe('the running server', () => {
  it('lets a reader become any person of the demo', async () => {
    const server = await start()
    try {
      const response = await fetch(`${server.url}/v1/demo/personas`)
      const { items } = (await response.json()) as {
        items: { id: string; name: string; area: { name: string } }[]
      }
      assert.deepEqual(
        items.map(({ id }) => id),
        [
          ...['chen-village', 'wang-grid', 'li-village', 'zhou-leader', 'lin-enterprise', 'auditor'],
          ...['zhang-resident', 'he-center', 'xu-housing', 'ma-traffic', 'gao-admin'],
        ],
      )
      assert.match(items[1]!.area.name, /^甘霖镇 .+ 第1网格$/)
      for (const { id, name } of items) {
        const me = await get(server, '/v1/me', await tokenOf(server, id))
        assert.equal(((await me.json()) as { name: string }).name, name)
      }
    } finally {
      await server.close()
    }
  })

  it('knows its tokens again after a restart', async () => {
    const first = await start()
    const token = await tokenOf(first, 'auditor')
    await first.close()
    const second = await start()
    try {
      assert.equal((await get(second, '/v1/me', token)).status, 200)
    } finally {
      await second.close()
    }
  })

  it('refuses a port in use with the error of the system', async () => {
    const server = await start()
    try {
      await assert.rejects(start(server.port), { code: 'EADDRINUSE' })
    } finally {
      await server.close()
    }
  })

  it('leaves no connection to the database behind when it has closed', async () => {
    const owner = new pg.Client({ connectionString: databaseUrl })
    await owner.connect()
    const connections = async () => {
      const { rows } = await owner.query<{ count: number }>(
        `select count(*)::integer as count from pg_stat_activity
        where datname = current_database() and application_name like 'minqing%'`,
      )
      return rows[0]!.count
    }
    try {
      for (let round = 0; round < 5; round++) {
        const server = await start()
        const token = await tokenOf(server, 'zhou-leader')
        await Promise.all(Array.from({ length: 12 }, () => get(server, '/v1/areas/330683/children', token)))
        assert.ok((await connections()) > 2)
        await server.close()
        assert.equal(await connections(), 0)
      }
    } finally {
      await owner.end()
    }
  })

  it('closes promptly though streams are open and connections idle', async () => {
    const server = await start()
    const token = await tokenOf(server, 'zhou-leader')
    const stream = await get(server, '/v1/events?area=330683', token)
    assert.equal(stream.status, 200)
    const idle = connect(server.port, '127.0.0.1')
    await once(idle, 'connect')
    const begun = performance.now()
    await Promise.all([server.close(), server.close()])
    assert.ok(performance.now() - begun < 3000)
    idle.destroy()
    await stream.text()
    await assert.rejects(fetch(`${server.url}/healthz`))
  })
})
