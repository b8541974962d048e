import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addCatalogue, circle, type Circle } from '../testing/circle.ts'
import type { Message, Recipient } from '../internal/message-channel.ts'
import { headerOf, startSmtp, type TestSmtp } from '../mail/testing/smtp-server.ts'
import { compose, discreet, type Letter } from './compose.ts'

describe('mails of the inbox', () => {
  let smtp: TestSmtp
  let server: TestApp
  let steps: Circle
  before(async () => {
    smtp = await startSmtp()
    server = await createTestApp({
      mail: { url: `smtp://127.0.0.1:${smtp.port}`, from: 'minqing@example.gov.cn', retrySeconds: 1 },
      issueUrl: 'https://portal.example.gov.cn/issues#{id}',
    })
    await addCatalogue(server)
    steps = circle(server)
  })
  after(async () => {
    await server.close()
    await smtp.close()
  })

  it('[N5] tell a unit what it has to do, until when and where, and not who the resident is', async () => {
    const { id, number } = await steps.report({
      text: '何秀英家门口路灯不亮，电话 13812341234，身份证 330683 19600101 123X\r\nBcc: a@b.cn',
      name: '何秀英',
      phone: '13812341234',
    })
    await steps.act('dispatcher', id, 'triage', { category: '0103' })
    await steps.act('dispatcher', id, 'dispatch', {
      lead: { unit: 'jianshe' },
      assists: [{ unit: 'jiaotong' }],
    })
    await smtp.until(1)
    const [mail] = smtp.arrived
    assert.deepEqual(mail!.to, ['jianshe@example.gov.cn'])
    assert.equal(
      headerOf(mail!, 'subject'),
      `【民情】新的交办：${number} 某某家门口路灯不亮，电话 ****，身份证 ****`,
    )
    assert.match(mail!.text, /期限：2\d{3}年\d+月\d+日/)
    assert.match(mail!.text, new RegExp(`https://portal.example.gov.cn/issues#${id}`))
    assert.doesNotMatch(mail!.raw + mail!.text, /何秀英|1381234|3306831960|a@b\.cn/)
  })

  it('are not sent for an action that fails', async () => {
    const { id } = await steps.report()
    await steps.act('dispatcher', id, 'triage', { category: '0103' })
    const before = smtp.offered()
    const { version } = await steps.issue(id)
    const twice = { lead: { unit: 'jianshe' }, assists: [{ unit: 'jianshe' }] }
    const headers = { 'if-match': `"${version}"` }
    const answer = await steps.ask('dispatcher', `POST /v1/issues/${id}/dispatch`, twice, { headers })
    assert.equal(answer.statusCode, 422)
    const { rows } = await server.owner.query(`select 1 from pgboss.job where state <> 'completed'`)
    assert.equal(rows.length, 0)
    assert.equal(smtp.offered(), before)
  })
})

describe("a host's own channel", () => {
  it('is given what concerns persons as well', async () => {
    const sent: Message[] = []
    let told: () => void = () => undefined
    const reached: Recipient['kind'][] = ['person']
    const server = await createTestApp({
      channel: {
        reaches: ({ kind }) => reached.includes(kind),
        send(message) {
          sent.push(message)
          told()
          return Promise.resolve()
        },
      },
    })
    await addCatalogue(server)
    const steps = circle(server)
    const arrived = new Promise<void>((resolve) => (told = resolve))
    const { id } = await steps.report()
    await steps.answer(id)
    await arrived
    await server.close()
    assert.deepEqual(
      sent.map(({ to }) => to),
      [{ kind: 'person', id: 'resident-1' }],
    )
    assert.match(sent[0]!.subject, /^【民情】答复已审核通过：/)
  })
})

describe('the text of a message', () => {
  it('hides names and numbers, and is one line', () => {
    assert.equal(discreet('张三反映\n：0575-83110000、138 1234 1234', ['张三', ' ']), '某某反映 ：****、****')
    assert.equal(
      discreet('请拨１３８１２３４１２３４或138.1234.1234、138—1234—1234', []),
      '请拨****或****、****',
    )
    assert.equal(discreet('3 号楼 2 单元 101 室', []), '3 号楼 2 单元 101 室')
  })

  it('has no line for what is not known', () => {
    const letter: Letter = {
      id: 'e',
      to: { kind: 'person', id: 'p' },
      type: 'reminded',
      issue: 'i',
      number: '330683-20261124-00012',
      title: '路灯',
      secret: [],
      dueAt: null,
    }
    assert.doesNotMatch(compose(letter, undefined).text, /期限|https?:|undefined|null/)
  })
})
