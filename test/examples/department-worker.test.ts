import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { createClient, newId, type Client } from '@minqing/client'
import type { Grant } from '@minqing/core'
import { seedCatalogue } from '../../packages/server/src/catalogue/default/install.ts'
import { createTestApp, type TestApp } from '../../packages/server/src/testing/app.ts'

const script = new URL('../../examples/department-worker/worker.ts', import.meta.url).pathname
const county = '330683'
const area = '330683100201'

let server: TestApp
let url: string
/** The department: its back end that signs tokens, and its work orders. */
let department: Server
let departmentUrl: string
/** What is known of each work order, by its name. */
const orders = new Map<string, { asked: Record<string, unknown>; notes: string[]; result?: object }>()
const clients: Client[] = []

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const part of request) text += String(part)
  return JSON.parse(text) as Record<string, unknown>
}

const token = (sub: string, grants: Grant[]) => server.signer.sign({ sub, name: sub, grants })

function as(sub: string, role: Grant['role'], more: Partial<Grant> = {}): Client {
  const client = createClient({ baseUrl: url, getToken: () => token(sub, [{ role, area: county, ...more }]) })
  clients.push(client)
  return client
}

const listening = async (one: Server) => {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`
}

before(async () => {
  server = await createTestApp()
  await seedCatalogue(server.databaseUrl, county)
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  department = createServer((request, response) => {
    if (request.url === '/token') {
      void token('zhujian-worker', [{ role: 'handler', area: county, unit: 'zhujian' }]).then((text) =>
        response.end(text),
      )
      return
    }
    void bodyOf(request).then((asked) => {
      const name = request.url!.split('/').at(-1)!
      const order = orders.get(name) ?? { asked, notes: [] }
      orders.set(name, order)
      response.end(JSON.stringify({ notes: order.notes, result: order.result }))
    })
  })
  departmentUrl = await listening(department)
})

after(async () => {
  await Promise.all(clients.map((client) => client.close()))
  department.close()
  department.closeAllConnections()
  await server.close()
})

interface Worker {
  readonly child: ChildProcess
  /** The next line, in parts. */
  next(): Promise<string[]>
  end(): Promise<void>
}

function startWorker(): Worker {
  const child = spawn(process.execPath, ['--conditions=minqing-source', script], {
    env: {
      ...process.env,
      MINQING_URL: url,
      MINQING_TOKEN_URL: `${departmentUrl}/token`,
      WORK_ORDERS_URL: `${departmentUrl}/orders`,
      AREA: county,
      UNIT: 'zhujian',
      POLL_SECONDS: '0.3',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    next: async () => String((await lines.next()).value).split('\t'),
    async end() {
      child.kill('SIGINT')
      assert.deepEqual(await ended, [0, null], 'ends by itself when told to')
    },
  }
}

/** An issue that the center has given to the department, and to another one that helps. */
async function dispatch(text: string, assists: { unit: string }[] = []) {
  const [officer, center] = [as('chen', 'villageOfficer'), as('he', 'dispatcher')]
  const issue = await officer.issues.create({ id: newId(), area, text })
  const triaged = await center.issues.triage({ id: issue.id, category: '010101' }, issue)
  return center.issues.dispatch({ id: issue.id, lead: { unit: 'zhujian' }, assists }, triaged)
}

test('the worker accepts what is dispatched, tells of progress, waits for the assist, answers; and after a restart', async () => {
  const before = await dispatch('来得早：路灯不亮')
  let worker = startWorker()
  try {
    // what was there before it began
    assert.deepEqual(await worker.next(), [before.number, 'accepted', '来得早：路灯不亮'])
    // what comes while it listens
    const issue = await dispatch('村口路灯不亮', [{ unit: 'gongdian' }])
    const name = `${issue.number}-1`
    assert.deepEqual(await worker.next(), [issue.number, 'accepted', '村口路灯不亮'])
    const order = await until(() => orders.get(name))
    assert.equal(order.asked['text'], '村口路灯不亮')
    order.notes.push('已派抢修班')
    assert.deepEqual(await worker.next(), [issue.number, 'progress', '已派抢修班'])

    // the result is there, but another unit is still at work
    order.result = { text: '已更换灯具', outcome: 'solved' }
    await worker.end()
    worker = startWorker()
    const power = as('gong', 'handler', { unit: 'gongdian' })
    const seen = await power.issues.get({ id: issue.id })
    const accepted = await power.issues.accept({ id: issue.id }, seen)
    await power.issues.answer({ id: issue.id, text: '已断电配合' }, accepted)
    assert.deepEqual(await worker.next(), [issue.number, 'answered', '已更换灯具'])

    const after = await power.issues.get({ id: issue.id })
    assert.equal(after.state, 'answered')
    assert.equal(after.answer?.text, '已更换灯具')
    const { items } = await power.issues.timeline({ id: issue.id })
    const own = items.filter(({ actor }) => actor.id === 'zhujian-worker').map(({ action }) => action)
    assert.deepEqual(own, ['accept', 'addProgress', 'answer'], 'nothing was told twice')
    await worker.end()
  } finally {
    worker.child.kill('SIGKILL')
  }
})

test('two workers of one unit do not do the same work twice', async () => {
  const workers = [startWorker(), startWorker()]
  try {
    const issues = await Promise.all(['一', '二', '三', '四'].map((nth) => dispatch(`路灯不亮之${nth}`)))
    const center = as('he', 'dispatcher')
    for (const { id, number } of issues) {
      orders.set(`${number}-1`, {
        asked: {},
        notes: ['已到现场'],
        result: { text: '已修好', outcome: 'solved' },
      })
      const seen = async () => (await center.issues.get({ id })).state === 'answered'
      while (!(await seen())) await new Promise((resolve) => setTimeout(resolve, 50))
      const { items } = await center.issues.timeline({ id })
      const own = items.filter(({ actor }) => actor.id === 'zhujian-worker').map(({ action }) => action)
      assert.deepEqual(own, ['accept', 'addProgress', 'answer'], number)
    }
    for (const worker of workers) await worker.end()
  } finally {
    for (const { child } of workers) child.kill('SIGKILL')
  }
})

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
