import { expect, fixtureCleanup } from '@open-wc/testing'
import type { MqDiaryForwardEvent } from '../internal/issue-events.ts'
import { expectAccessible } from '../testing/axe.ts'
import { actingAs } from '../testing/circle.ts'
import { Line, composerOf, next, parts, type } from '../testing/composer.ts'
import { officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqDiarySentEvent } from './diary-composer.events.ts'
import type { MqDiaryComposer } from './diary-composer.ts'

const village = '330683100201'

const wish = async (composer: MqDiaryComposer) => {
  const { one } = parts(composer)
  ;(await until(() => one<HTMLInputElement>('.forward input'), 'the switch')).click()
  await composer.updateComplete
}

describe('a diary that is to become an issue', () => {
  afterEach(() => fixtureCleanup())

  it('becomes one after it was sent, and only when its author wants it', async () => {
    const person = officer()
    const composer = await composerOf(person)
    const { one, status } = parts(composer)
    await type(composer, '没有上报的')
    const plain = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    await composer.publish()
    const { id: plainId } = await plain
    await type(composer, '路灯不亮，要上报')
    await wish(composer)
    const solved = await until(() => one<HTMLInputElement>('.solved'))
    solved.value = '已换灯泡'
    solved.dispatchEvent(new InputEvent('input', { bubbles: true }))
    await expectAccessible(composer)
    const told = next<MqDiaryForwardEvent>(composer, 'mq-diary-forward')
    await composer.publish()
    const { diary, issue } = await told
    expect([issue.diary, issue.state, issue.answer?.text]).to.deep.equal([
      diary,
      'awaitingRating',
      '已换灯泡',
    ])
    await until(() => status() === `已发布，并上报为事项 ${issue.number}`)
    expect(one<HTMLInputElement>('.forward input')!.checked).to.equal(false)
    const { items } = await (await actingAs(person)).issues.ofDiaries({ ids: `${plainId},${diary}` })
    expect(items.map((item) => item.issue)).to.deep.equal([issue.id])
  })

  it('keeps the wish over a reload and days offline, and becomes one issue', async () => {
    const person = officer()
    const line = new Line()
    const first = await composerOf(person, { line })
    await type(first, '在山里写的')
    await wish(first)
    await new Promise((resolve) => setTimeout(resolve, 700))
    fixtureCleanup()
    const second = await composerOf(person, { line })
    await until(() => second.draft.forward && parts(second).one<HTMLInputElement>('.forward input')?.checked)
    line.isCut = true
    await second.publish()
    await until(() => parts(second).entries().length === 1)
    fixtureCleanup()
    line.isCut = false
    const told = next<MqDiaryForwardEvent>(document.body, 'mq-diary-forward')
    await composerOf(person)
    const { issue } = await told
    expect([issue.text, issue.reporter.id]).to.deep.equal(['在山里写的', person.sub])
    const client = await actingAs(person)
    const mine = await client.issues.list({ area: village, reporter: 'me' }).page()
    expect(mine.items.map(({ id }) => id)).to.deep.equal([issue.id])
  })

  it('is published all the same when it cannot become one; that is said, and can be tried again or left', async () => {
    const person = officer()
    const line = new Line()
    const real = line.fetch
    // the diary goes through, what makes an issue of it does not
    let isBlocked = true
    Object.assign(line, {
      fetch: (...request: Parameters<typeof fetch>) =>
        isBlocked && (request[0] as Request).url?.endsWith('/v1/issues')
          ? Promise.reject(new TypeError('Failed to fetch'))
          : real(...request),
    })
    const composer = await composerOf(person, { line })
    const { entries, press, status } = parts(composer)
    await type(composer, '发出去就删了')
    await wish(composer)
    const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    await composer.publish()
    const diary = (await sent).diary!
    await until(() => entries()[0]?.textContent?.includes('日记已发布，等待上报为事项'))
    await (await actingAs(person)).diaries.remove({ id: diary.id }, { version: diary.version })
    isBlocked = false
    await composer.flow!.outbox.flush()
    await until(() => entries()[0]?.querySelector('.why')?.textContent?.includes('没能上报为事项'))
    await until(() => status().startsWith('日记已发布，但没能上报为事项'))
    await (await actingAs(person)).diaries.restore({ id: diary.id })
    const told = next<MqDiaryForwardEvent>(composer, 'mq-diary-forward')
    await press('再上报一次')
    expect((await told).diary).to.equal(diary.id)
    await until(() => entries().length === 0)
  })
})
