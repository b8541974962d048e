import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { testAudience, testVillage } from '../testing/tokens.ts'

let server: TestApp
before(async () => {
  server = await createTestApp()
})
after(() => server.close())

interface ServerProcess {
  url: string
  kill(): Promise<void>
}

/** A server in a process of its own, on the same database, that can be killed. */
async function startProcess(): Promise<ServerProcess> {
  const options = {
    databaseUrl: server.databaseUrl,
    dataDir: server.dataDir,
    token: { audience: testAudience, secret: Buffer.from(server.signer.secret).toString('hex') },
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
  }
  const main = new URL('../testing/server-process.ts', import.meta.url)
  const child: ChildProcess = spawn(process.execPath, ['--conditions=minqing-source', main.pathname], {
    env: { ...process.env, MQ_TEST_SERVER: JSON.stringify(options) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string]
  return {
    url: line,
    async kill() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

async function post(url: string, key: string, body: object): Promise<Response> {
  return fetch(`${url}/v1/diaries`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await server.signer.sign()}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  })
}

const diary = () => ({ id: randomUUID(), area: testVillage, kind: 'visit', text: '走访' })

async function isTrue(query: string, values: unknown[] = []): Promise<void> {
  for (let tries = 0; tries < 500; tries++, await sleep(10)) {
    if ((await server.owner.query(query, values)).rowCount) return
  }
  assert.fail(`never true: ${query}`)
}

describe('a server killed with SIGKILL', () => {
  it('after the commit, before its reply arrives: the next one replays the reply', async () => {
    const [key, body] = [randomUUID(), diary()]
    const first = await startProcess()
    const lost = post(first.url, key, body).then(
      (response) => response.status,
      () => 'lost',
    )
    await isTrue('select 1 from idempotency_key where key = $1', [key])
    await first.kill()
    assert.ok([201, 'lost'].includes(await lost))
    const next = await startProcess()
    try {
      const again = await post(next.url, key, body)
      assert.equal(again.status, 201)
      assert.equal(again.headers.get('idempotency-replayed'), 'true')
      assert.equal(((await again.json()) as { id: string }).id, body.id)
      const rows = await server.owner.query('select 1 from diary where id = $1', [body.id])
      assert.equal(rows.rowCount, 1)
    } finally {
      await next.kill()
    }
  })

  it('in the middle of its work: nothing is written, and the key is free', async () => {
    const [key, body] = [randomUUID(), diary()]
    const first = await startProcess()
    const holder = await server.owner.connect()
    try {
      await holder.query('begin; lock table diary in exclusive mode')
      const lost = post(first.url, key, body).catch(() => undefined)
      await isTrue(`select 1 from pg_locks where not granted and relation = 'diary'::regclass`)
      await first.kill()
      assert.equal(await lost, undefined)
    } finally {
      await holder.query('rollback')
      holder.release()
    }
    const next = await startProcess()
    try {
      // PostgreSQL needs a moment to see that the killed server is gone
      let again = await post(next.url, key, body)
      for (let tries = 0; again.status === 409 && tries < 100; tries++) {
        await sleep(20)
        again = await post(next.url, key, body)
      }
      assert.equal(again.status, 201)
      assert.equal(again.headers.get('idempotency-replayed'), null)
      const rows = await server.owner.query('select 1 from diary where id = $1', [body.id])
      assert.equal(rows.rowCount, 1)
    } finally {
      await next.kill()
    }
  })
})
