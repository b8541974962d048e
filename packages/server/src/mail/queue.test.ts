import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { createPool } from '../database/pool.ts'
import { transactions, type Transact } from '../database/scope.ts'
import type { Message } from '../internal/message-channel.ts'
import { startMessageQueue, type RunningQueue } from './queue.ts'
import { createSmtpChannel } from './smtp.ts'
import { headerOf, startSmtp, type TestSmtp } from './testing/smtp-server.ts'

let pool: Pool
let transact: Transact
let drop: () => Promise<void>
const closers: (() => Promise<void>)[] = []
before(async () => {
  const database = await createTestDatabase()
  drop = database.drop
  pool = createPool(database.url, { max: 6 })
  transact = transactions(pool)
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await pool.query('delete from pgboss.job')
})
after(async () => {
  await pool.end()
  await drop()
})

type Line = Record<string, unknown>

/** Collects log lines. */
function log() {
  const lines: Line[] = []
  const take = (fields: unknown, message?: unknown) => void lines.push({ ...(fields as object), message })
  return { lines, info: take, warn: take }
}

async function smtp(options: Parameters<typeof startSmtp>[0] = {}): Promise<TestSmtp> {
  const server = await startSmtp(options)
  closers.push(() => server.close())
  return server
}

async function queueTo(url: string, lines = log(), retrySeconds = 1): Promise<RunningQueue> {
  const channel = createSmtpChannel({ url, from: '民情 <minqing@example.gov.cn>' }, lines)
  const queue = await startMessageQueue({ pool, channel, log: lines, retrySeconds })
  closers.push(() => queue.close())
  return queue
}

const message = (change: Partial<Message> = {}): Message => ({
  id: randomUUID(),
  to: { kind: 'unit', county: '330683', id: 'jianshe', email: 'jianshe@example.gov.cn' },
  subject: '【民情】新的交办：330683-20261124-00012 路灯不亮',
  text: '请登录处理。\n',
  ...change,
})

const send = (queue: RunningQueue, ...messages: Message[]) =>
  transact({ scope: [], actor: '' }, (tx) => queue.enqueue(tx, messages))

async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let at = 0; at < 300; at++) {
    if (await holds()) return
    await sleep(50)
  }
  throw new Error(`never came true: ${what}`)
}

const jobs = async (where: string): Promise<number> =>
  (await pool.query(`select 1 from pgboss.job where ${where}`)).rowCount!

/** Waits until nothing is under way or waits for another attempt: what has not arrived by then never will. */
const settled = () =>
  eventually(async () => (await jobs(`state in ('created', 'retry', 'active')`)) === 0, 'all settled')

describe('mail', () => {
  it('arrives once, in Chinese, from the sender that was set up', async () => {
    const server = await smtp()
    const queue = await queueTo(`smtp://127.0.0.1:${server.port}`)
    const sent = message()
    await send(queue, sent)
    await server.until(1)
    await settled()
    assert.equal(server.arrived.length, 1)
    const [mail] = server.arrived
    assert.deepEqual([mail!.from, mail!.to], ['minqing@example.gov.cn', ['jianshe@example.gov.cn']])
    assert.equal(headerOf(mail!, 'subject'), sent.subject)
    assert.equal(headerOf(mail!, 'message-id'), `<${sent.id}@example.gov.cn>`)
    assert.match(mail!.text, /请登录处理。/)
  })

  it('is worked on by several processes, and still arrives once', async () => {
    const server = await smtp()
    const queues = await Promise.all([0, 1, 2].map(() => queueTo(`smtp://127.0.0.1:${server.port}`)))
    const messages = Array.from({ length: 12 }, () => message())
    await send(queues[0]!, ...messages)
    await server.until(12)
    await settled()
    const ids = server.arrived.map((mail) => headerOf(mail, 'message-id'))
    assert.equal(ids.length, 12)
    assert.equal(new Set(ids).size, 12)
  })

  it('is tried again after a passing failure', async () => {
    const server = await smtp()
    const lines = log()
    const queue = await queueTo(`smtp://127.0.0.1:${server.port}`, lines)
    server.refuse.push(451, 421)
    await send(queue, message())
    await server.until(1)
    assert.equal(server.offered(), 3)
  })

  it('is not tried again when the address is refused for good, and nothing of it is logged', async () => {
    const server = await smtp()
    const lines = log()
    const queue = await queueTo(`smtp://127.0.0.1:${server.port}`, lines)
    server.refuse.push(550)
    const sent = message()
    await send(queue, sent)
    await settled()
    assert.deepEqual([server.offered(), server.arrived.length], [1, 0])
    const told = lines.lines.filter(({ message: text }) => text === 'message: refused for good')
    assert.deepEqual(told, [{ message: 'message: refused for good', reason: 'refused with 550' }])
    assert.doesNotMatch(JSON.stringify(lines.lines), /路灯|jianshe|请登录/)
  })

  it('is given up after all attempts, in one line without its content', async () => {
    const server = await smtp()
    const lines = log()
    const queue = await queueTo(`smtp://127.0.0.1:${server.port}`, lines)
    server.refuse.push(...Array.from({ length: 30 }, () => 451))
    const sent = message()
    await send(queue, sent)
    await pool.query(`update pgboss.job set retry_limit = 1 where state in ('created', 'retry', 'active')`)
    const given = () =>
      lines.lines.filter(({ message: text }) => text === 'message: given up after all attempts')
    await eventually(() => Promise.resolve(given().length > 0), 'given up')
    assert.equal(given().length, 1)
    assert.equal(server.arrived.length, 0)
    assert.ok(server.offered() <= 2)
    assert.doesNotMatch(JSON.stringify(lines.lines), /路灯|jianshe|请登录/)
  })

  it('is not sent when the transaction that made it is rolled back', async () => {
    const server = await smtp()
    const queue = await queueTo(`smtp://127.0.0.1:${server.port}`)
    const rolledBack = transact({ scope: [], actor: '' }, async (tx) => {
      await queue.enqueue(tx, [message()])
      throw new Error('rolled back')
    })
    await assert.rejects(rolledBack, /rolled back/)
    await send(queue, message({ subject: '后一封' }))
    await server.until(1)
    await settled()
    assert.deepEqual(
      server.arrived.map((mail) => headerOf(mail, 'subject')),
      ['后一封'],
    )
  })

  it('has headers that no title can add to', async () => {
    const server = await smtp()
    const queue = await queueTo(`smtp://127.0.0.1:${server.port}`)
    const subject = '路灯\r\nBcc: everyone@example.com\n\u2028\r\n\r\n<script>alert(1)</script>'
    await send(queue, message({ subject }))
    await server.until(1)
    const [mail] = server.arrived
    assert.deepEqual(mail!.to, ['jianshe@example.gov.cn'])
    assert.ok(!mail!.head.some((line) => /^bcc/i.test(line)))
    assert.equal(headerOf(mail!, 'subject'), '路灯 Bcc: everyone@example.com <script>alert(1)</script>')
  })
})

describe('a mail server that cannot be used', () => {
  const secret = 'Geheim-4711'

  it('for a wrong password is told of in one line, without the password, and mails wait', async () => {
    const server = await smtp({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error(`wrong: ${secret}`)),
    })
    const lines = log()
    const queue = await queueTo(`smtp://minqing:${secret}@127.0.0.1:${server.port}`, lines)
    await send(queue, message(), message())
    await eventually(async () => (await jobs('retry_count > 0')) === 2, 'a second attempt each')
    assert.equal(server.arrived.length, 0)
    assert.equal(lines.lines.length, 1, JSON.stringify(lines.lines))
    const [line] = lines.lines
    assert.equal(line!['message'], 'mail: the server cannot be used; mails wait')
    assert.equal(line!['code'], 'EAUTH')
    assert.doesNotMatch(JSON.stringify(lines.lines), new RegExp(secret))
  })

  it('for its certificate is told of in one line', async () => {
    const server = await smtp({ secure: true })
    const lines = log()
    const queue = await queueTo(`smtps://127.0.0.1:${server.port}`, lines)
    await send(queue, message())
    await eventually(async () => (await jobs(`state = 'retry'`)) === 1, 'a failed attempt')
    assert.equal(server.arrived.length, 0)
    assert.equal(lines.lines.length, 1, JSON.stringify(lines.lines))
    assert.equal(lines.lines[0]!['message'], 'mail: the server cannot be used; mails wait')
  })

  it('is told of once more when it works again', async () => {
    const server = await smtp()
    const lines = log()
    const queue = await queueTo(`smtp://127.0.0.1:${server.port}`, lines)
    server.refuse.push(451)
    await send(queue, message())
    await server.until(1)
    await sleep(300)
    const texts = lines.lines.map(({ message: text }) => text)
    assert.deepEqual(texts, [
      'mail: the server cannot be used; mails wait',
      'mail: the server can be used again',
    ])
  })
})
