import type { Grant } from '@minqing/core/wire'
import { expect, fixtureCleanup } from '@open-wc/testing'
import { Line, composerOf, next, parts, pick, type } from '../testing/composer.ts'
import { jpeg } from '../testing/jpeg.ts'
import { clientOf, officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqDiaryParkedEvent, MqDiaryQueuedEvent, MqDiarySentEvent } from './diary-composer.events.ts'

const [village, otherVillage] = ['330683100201', '330683102201'] as const
const grantOf = (area: string): Grant => ({ role: 'villageOfficer', area })

/** A diary that the server refuses: its author moved to another village while it waited. */
async function refused() {
  const person = officer(village)
  const line = new Line()
  const composer = await composerOf(person, { line })
  line.isCut = true
  await type(composer, '写好时还在原来的村')
  const queued = next<MqDiaryQueuedEvent>(composer, 'mq-diary-queued')
  await composer.publish()
  const { id } = (await queued).entry
  person.grants = [grantOf(otherVillage)]
  line.isCut = false
  const again = await composerOf(person, { line })
  await until(() => again.flow?.outbox.state.parked.length, 'the diary to be refused')
  await again.updateComplete
  return { composer: again, id }
}

describe('diaries that wait', () => {
  afterEach(() => fixtureCleanup())

  it('are shown while the line is cut, and sent once when it is back', async () => {
    const line = new Line()
    const person = officer()
    const composer = await composerOf(person, { line })
    line.isCut = true
    const { text, one, entries, status } = parts(composer)
    await type(composer, '没有信号也能写')
    await pick(composer, [await jpeg()])
    const queued = next<MqDiaryQueuedEvent>(composer, 'mq-diary-queued')
    expect(await composer.publish()).to.equal(true)
    const { id } = (await queued).entry
    expect(text.value).to.equal('')
    expect(composer.draft.photos).to.have.length(0)
    await until(() => entries()[0]?.textContent?.includes('没有信号也能写'))
    expect(entries()[0]?.textContent).to.contain('1 张照片')
    await until(() => one('.reason')?.textContent?.includes('联网后自动发送'))
    line.isCut = false
    const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    dispatchEvent(new Event('online'))
    expect((await sent).id).to.equal(id)
    await until(() => entries().length === 0 && status() === '已发布')
    const mine = []
    const colleague = await clientOf(officer())
    for await (const diary of colleague.diaries.list({ area: village, author: person.sub })) mine.push(diary)
    expect(mine.map((diary) => [diary.id, diary.photos.length])).to.deep.equal([[id, 1]])
  })

  it('are there again after a new start, and belong to their author alone', async () => {
    const line = new Line()
    const person = officer()
    const composer = await composerOf(person, { line })
    line.isCut = true
    await type(composer, '等着发送')
    await composer.publish()
    fixtureCleanup()
    line.isCut = false
    const other = await composerOf(officer())
    await until(() => other.flow?.outbox.state)
    expect(parts(other).entries()).to.have.length(0)
    const sent = next<MqDiarySentEvent>(document.body, 'mq-diary-sent')
    await composerOf(person)
    expect((await sent).diary?.author.id).to.equal(person.sub)
  })

  it('say why the server refused them; mended, they arrive', async () => {
    const { composer, id } = await refused()
    const { entries, press, text, one } = parts(composer)
    await until(() => entries()[0]?.querySelector('.why')?.textContent?.includes('没有找到该区域'))
    await type(composer, '正在写的另一篇')
    await press('修改')
    await until(() => text.value === '写好时还在原来的村')
    expect(one('.parked')).to.equal(null)
    await type(composer, '改好了')
    const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    await composer.publish()
    const { diary } = await sent
    expect([diary?.id, diary?.text, diary?.area.code]).to.deep.equal([id, '改好了', otherVillage])
    expect(text.value).to.equal('正在写的另一篇')
  })

  it('tell the page of a refusal', async () => {
    const told = next<MqDiaryParkedEvent>(document.body, 'mq-diary-parked')
    const { id } = await refused()
    const event = await told
    expect([event.id, event.problem?.code]).to.deep.equal([id, 'area_not_found'])
  })

  it('can be discarded, and brought back', async () => {
    const { composer } = await refused()
    const { press, entries, status } = parts(composer)
    await press('放弃')
    await until(() => status().startsWith('已放弃这篇日记') && entries().length === 0)
    await press('撤销')
    await until(() => entries().length === 1)
  })

  it('are not needed where the browser keeps nothing: the diary goes out at once, and once', async () => {
    const real = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!
    const denied = () => {
      throw new DOMException('The user denied permission to access the database.', 'SecurityError')
    }
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: { open: denied } })
    try {
      const line = new Line()
      const person = officer()
      const composer = await composerOf(person, { line })
      await type(composer, '隐私模式')
      await pick(composer, [await jpeg()])
      line.isCut = true
      expect(await composer.publish()).to.equal(false)
      expect(parts(composer).text.value).to.equal('隐私模式')
      line.isCut = false
      const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
      expect(await composer.publish()).to.equal(true)
      const { diary } = await sent
      expect([diary?.text, diary?.photos.length]).to.deep.equal(['隐私模式', 1])
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', real)
    }
  })
})
