import { expect } from '@open-wc/testing'
import type { MqDiaryForwardEvent, MqIssueOpenEvent } from '../internal/issue-events.ts'
import { expectAccessible } from '../testing/axe.ts'
import { actingAs, county, dispatcher } from '../testing/circle.ts'
import { officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import { cardSaying, fill, openFeed, ownTag, part, press, writer } from './testing/feed.ts'

const next = <E extends Event>(target: EventTarget, type: string) =>
  new Promise<E>((resolve) => target.addEventListener(type, (event) => resolve(event as E), { once: true }))

const badge = (card: HTMLElement, state: string) =>
  until(() => {
    const button = card.querySelector<HTMLElement>('[data-do=issue]')
    return button?.textContent?.trim() === `事项：${state}` && button
  }, `事项：${state}`)

describe('forwarding a diary as an issue', () => {
  it('takes one press and a confirmation; the card says where it stands, live, and it can be taken back', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    const diary = await write(`路灯三天不亮 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '路灯三天不亮')
    await press(card, '转为事项')
    const confirm = await part(card, '.confirm')
    await until(() => feed.shadowRoot!.activeElement === confirm)
    await expectAccessible(feed)
    const told = next<MqDiaryForwardEvent>(document.body, 'mq-diary-forward')
    confirm.click()
    const { diary: id, issue } = await told
    expect([id, issue.diary, issue.text, issue.source]).to.deep.equal([
      diary.id,
      diary.id,
      diary.text,
      'diary',
    ])
    await badge(card, '待受理')
    await until(() => feed.shadowRoot!.textContent!.includes(`已转为事项 ${issue.number}`))
    await press(feed, '撤销')
    await until(() => feed.shadowRoot!.textContent!.includes('已撤回事项'))
    const { issues } = await actingAs(dispatcher())
    expect((await issues.get({ id: issue.id })).state).to.equal('closed')
  })

  it('follows the issue as it goes on, and opens it', async () => {
    const { person, write, client } = await writer()
    const tag = ownTag()
    const diary = await write(`井盖松动 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '井盖松动')
    await new Promise((resolve) => setTimeout(resolve, 800))
    // by a colleague, elsewhere
    const { id, number, version } = await client.issues.create({ id: crypto.randomUUID(), diary: diary.id })
    await badge(card, '待受理')
    const { issues } = await actingAs(dispatcher())
    await issues.triage({ id, category: '010101' }, { version })
    const button = await badge(card, '待派单')
    expect(button.getAttribute('aria-label')).to.equal(`事项 ${number}：待派单`)
    const opened = next<MqIssueOpenEvent>(document.body, 'mq-issue-open')
    button.click()
    expect((await opened).issue).to.equal(id)
  })

  it('records what was solved on the spot, with a sentence, category and contact', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`水管漏水 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '水管漏水')
    await press(card, '转为事项')
    ;(await part<HTMLInputElement>(card, '.solved input')).click()
    const how = await part<HTMLTextAreaElement>(card, '[name=solved]')
    await press(card, '确认上报')
    await until(() => card.textContent!.includes('请写一句怎样解决的'))
    fill(how, '已换接头')
    ;(await part(card, 'summary')).click()
    const category = await part<HTMLSelectElement>(card, '[name=category]')
    await until(() => category.options.length > 5)
    category.value = '11'
    fill(await part<HTMLInputElement>(card, '[name=name]'), '王大爷')
    fill(await part<HTMLInputElement>(card, '[name=phone]'), '13812341234')
    await expectAccessible(feed)
    const told = next<MqDiaryForwardEvent>(feed, 'mq-diary-forward')
    await press(card, '确认上报')
    const { issue } = await told
    expect([issue.state, issue.category?.code, issue.answer?.text, issue.resident?.phone]).to.deep.equal([
      'awaitingRating',
      '11',
      '已换接头',
      '138****1234',
    ])
    await badge(card, '待评价')
    // there is nothing to take back: it is solved
    expect(
      [...feed.shadowRoot!.querySelectorAll('button')].some((one) => one.textContent!.trim() === '撤销'),
    ).to.equal(false)
  })

  it('says when a colleague was quicker, and shows theirs', async () => {
    const { person, write, client } = await writer()
    const tag = ownTag()
    const diary = await write(`垃圾没人收 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '垃圾没人收')
    await press(card, '转为事项')
    await part(card, '.confirm')
    await client.issues.create({ id: crypto.randomUUID(), diary: diary.id })
    await press(card, '确认上报')
    await until(() => card.textContent!.includes('这篇日记已转为事项'))
    await badge(card, '待受理')
  })

  it('is not offered to those who may not, and shows where it stands to those who read issues', async () => {
    const { write, client } = await writer()
    const tag = ownTag()
    const diary = await write(`树枝挡路 #${tag}`)
    await client.issues.create({ id: crypto.randomUUID(), diary: diary.id })
    const plain = await write(`没有转 #${tag}`)
    const auditor = officer(county, { name: '沈明', grants: [{ role: 'auditor', area: county }] })
    const feed = await openFeed(auditor, { tag })
    await badge(await cardSaying(feed, '树枝挡路'), '待受理')
    const other = await cardSaying(feed, '没有转')
    expect(other.querySelector('[data-do=forward], [data-do=issue]')).to.equal(null)
    expect(plain.id).to.equal(other.id)
  })
})
