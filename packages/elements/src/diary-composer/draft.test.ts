import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import '../define/mq-issue-report.ts'
import type { MqReportSentEvent } from '../issue-report/issue-report.events.ts'
import type { MqIssueReport } from '../issue-report/issue-report.ts'
import { blockStorage } from '../testing/blocked.ts'
import { Line, composerOf, forgetPeople, next, parts, pick, type } from '../testing/composer.ts'
import { clientOf, officer, serverUrl } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import { jpeg } from '../testing/jpeg.ts'
import type { MqDiaryQueuedEvent, MqDiarySentEvent } from './diary-composer.events.ts'
import type { Draft } from './model/draft.ts'
import { learnSkew } from '../internal/clock.ts'
import { DraftStore } from '../internal/drafts/draft-store.ts'

/** What a killed browser leaves: the element is gone without having been told. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 600))

describe('the draft', () => {
  afterEach(() => fixtureCleanup())

  it('is kept as one types, with photos, and comes back', async () => {
    const person = officer()
    const first = await composerOf(person)
    await type(first, '写到一半')
    await pick(first, [await jpeg(300, 200, { name: '水渠.jpg' })])
    first.change({ visited: ['王大爷'], place: { name: '村口', precision: 'grid' }, kind: 'help' })
    await settle()
    fixtureCleanup()
    const second = await composerOf(person)
    const { text, status, one, press } = parts(second)
    await until(() => status().startsWith('已恢复上次未发布的内容'))
    expect(text.value).to.equal('写到一半')
    expect(second.draft.visited).to.deep.equal(['王大爷'])
    expect(second.draft.kind).to.equal('help')
    expect(second.draft.place?.name).to.equal('村口')
    const canvas = await until(() => one('.photo canvas'))
    expect(canvas.getAttribute('aria-label')).to.equal('照片 1：水渠.jpg')
    await press('清空')
    expect(text.value).to.equal('')
    await press('撤销')
    expect(text.value).to.equal('写到一半')
    expect(second.draft.photos).to.have.length(1)
  })

  it('is saved at once when the page is left', async () => {
    const person = officer()
    const first = await composerOf(person)
    await type(first, '马上关掉')
    dispatchEvent(new Event('pagehide'))
    const store = await DraftStore.open<Draft>()
    await until(async () => (await store.load(first.flow!.slotKey))?.text === '马上关掉')
    store.close()
  })

  it("is nobody else's", async () => {
    const first = await composerOf(officer())
    await type(first, '只给自己看')
    await settle()
    fixtureCleanup()
    const other = await composerOf(officer())
    expect(parts(other).text.value).to.equal('')
  })

  it('goes when the page signs another person in, and comes back with its author', async () => {
    const [me, other] = [officer(), officer()]
    const composer = await composerOf(me)
    await type(composer, '我的草稿')
    await composerOf(other)
    await until(() => parts(composer).text.value === '')
    fixtureCleanup()
    const again = await composerOf(me)
    await until(() => parts(again).text.value === '我的草稿')
  })

  it('joins what was typed while it was being read', async () => {
    const person = officer()
    const first = await composerOf(person)
    await type(first, '昨天的')
    await settle()
    fixtureCleanup()
    const second = await composerOf(person, { ready: false })
    await type(second, '今天的')
    await until(() => second.flow)
    expect(parts(second).text.value).to.equal('昨天的\n今天的')
  })

  it('is one per composer: two on a page do not write over each other', async () => {
    const person = officer()
    const pair = async () => {
      const one = await composerOf(person)
      const two = document.createElement('mq-diary-composer')
      one.after(two)
      await until(() => two.flow)
      return [one, two] as const
    }
    const [one, two] = await pair()
    await type(one, '第一篇')
    await type(two, '第二篇')
    await settle()
    fixtureCleanup()
    const back = await pair()
    expect(back.map((composer) => parts(composer).text.value)).to.deep.equal(['第一篇', '第二篇'])
  })

  it('does not come back once it is published, even when the page died in between', async () => {
    const person = officer()
    const composer = await composerOf(person)
    await type(composer, '已经发出去的')
    await settle()
    const { slotKey } = composer.flow!
    const left = structuredClone(composer.draft)
    const sent = next(composer, 'mq-diary-sent')
    const queued = next<MqDiaryQueuedEvent>(composer, 'mq-diary-queued')
    await composer.publish()
    const { id } = (await queued).entry
    await sent
    fixtureCleanup()
    // As if the page had died after the outbox took it and before the draft went.
    const store = await DraftStore.open<Draft>()
    await store.save(slotKey, left)
    store.close()
    const again = await composerOf(person)
    expect(parts(again).text.value).to.equal('')
    expect((await (await clientOf(officer())).diaries.get({ id })).text).to.equal('已经发出去的')
  })

  it('belongs to the last writer without network, and goes when somebody else turns out to be signed in', async () => {
    await forgetPeople()
    const [first, second] = [officer(), officer()]
    const before = await composerOf(first)
    await type(before, '第一个人的')
    await settle()
    fixtureCleanup()
    const line = new Line()
    line.isCut = true
    const composer = await composerOf(second, { line })
    expect(parts(composer).text.value).to.equal('第一个人的')
    line.isCut = false
    dispatchEvent(new Event('online'))
    await until(() => parts(composer).text.value === '')
    await until(() => composer.flow)
  })
})

describe('where this device keeps nothing', () => {
  let unblock: (() => void) | undefined
  afterEach(() => {
    fixtureCleanup()
    unblock?.()
  })

  /** Whether the browser would ask before the page is left. */
  const asksToStay = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

  for (const how of ['throws', 'fails'] as const) {
    it(`a diary goes out at once, and the person is told, when opening the database ${how}`, async () => {
      unblock = await blockStorage(how)
      const line = new Line()
      const composer = await composerOf(officer(), { line })
      const { text, one, status, press } = parts(composer)
      await until(() => one('.card')!.textContent.includes('本机不保存内容'))
      expect(asksToStay()).to.equal(false)
      await type(composer, '没有存储也能写')
      expect(asksToStay()).to.equal(true)
      line.isCut = true
      await press('发布')
      await until(() => status().includes('网络也不可用'))
      expect(text.value).to.equal('没有存储也能写')
      line.isCut = false
      const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
      await press('发布')
      const { id } = await sent
      expect((await (await clientOf(officer())).diaries.get({ id })).text).to.equal('没有存储也能写')
      await until(() => status() === '已发布')
      expect(text.value).to.equal('')
      expect(asksToStay()).to.equal(false)
    })
  }

  it('a resident hears of it, and their report goes out all the same', async () => {
    unblock = await blockStorage('throws')
    const line = new Line()
    configure({ baseUrl: await serverUrl(), fetch: line.fetch })
    const form = await fixture<MqIssueReport>(
      html`<mq-issue-report area="330683" anonymous></mq-issue-report>`,
    )
    await until(() => form.body?.forms[0])
    const saying = (words: string) => until(() => form.renderRoot.textContent!.includes(words), words)
    await saying('本机不保存内容')
    const field = form.renderRoot.querySelector('textarea')!
    field.value = '路灯不亮'
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    expect(asksToStay()).to.equal(true)
    const submit = () => form.renderRoot.querySelector<HTMLElement>('[part=send]')!.click()
    line.isCut = true
    submit()
    await saying('没有送达，也没有保存在本机')
    line.isCut = false
    const sent = next<MqReportSentEvent>(form, 'mq-report-sent')
    submit()
    expect((await sent).report.receipt).to.have.length.above(10)
    expect(asksToStay()).to.equal(false)
    configure({ fetch: undefined })
  })

  it('locks that the browser refuses hold nothing up', async () => {
    const { request, query } = LockManager.prototype
    const refuse = () => Promise.reject(new DOMException('refused', 'SecurityError'))
    Object.assign(LockManager.prototype, { request: refuse, query: refuse })
    try {
      const composer = await composerOf(officer())
      await type(composer, '没有锁')
      const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
      await parts(composer).press('发布')
      expect((await sent).diary?.text).to.equal('没有锁')
    } finally {
      Object.assign(LockManager.prototype, { request, query })
    }
  })
})

describe('on a device whose clock is a day off', () => {
  const { now } = Date
  afterEach(() => {
    Date.now = now
    fixtureCleanup()
    learnSkew(0)
  })

  for (const [what, days, said] of [
    ['ahead', 1, '本机时间快了约 24小时'],
    ['behind', -1, '本机时间慢了约 24小时'],
  ] as const) {
    it(`a diary has the server's time, and the person is told, when it is ${what}`, async () => {
      Date.now = () => now() + days * 24 * 3_600_000
      const composer = await composerOf(officer())
      await until(() => parts(composer).one('.card')!.textContent.includes(said))
      await type(composer, '几点写的')
      const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
      await parts(composer).press('发布')
      const { writtenAt, createdAt } = (await sent).diary!
      expect(Math.abs(Date.parse(writtenAt) - Date.parse(createdAt))).to.be.below(60_000)
      expect(writtenAt).not.to.equal(createdAt)
    })
  }
})
