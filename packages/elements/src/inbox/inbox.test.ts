import type { NoticeType } from '@minqing/core/wire'
import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import '../define/mq-inbox.ts'
import type { MqIssueOpenEvent } from '../internal/issue-events.ts'
import { expectAccessible } from '../testing/axe.ts'
import {
  actingAs,
  answer,
  builder,
  county,
  dispatch,
  dispatcher,
  reportOf,
  resident,
} from '../testing/circle.ts'
import { setViewport } from '../testing/commands.ts'
import { Line, next } from '../testing/composer.ts'
import { officer, serverUrl, tokenOf, type Somebody } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqInboxCountEvent } from './inbox.events.ts'
import type { MqInbox } from './inbox.ts'

async function inboxOf(
  person: Somebody,
  { line = new Line(), unread = false, type }: { line?: Line; unread?: boolean; type?: NoticeType } = {},
): Promise<MqInbox> {
  const cut = () => Promise.reject(new TypeError('Failed to fetch'))
  configure({
    baseUrl: await serverUrl(),
    getToken: () => (line.isCut ? cut() : tokenOf(person)),
    tokenUrl: undefined,
    fetch: line.fetch,
  })
  return fixture<MqInbox>(html`<mq-inbox ?unread=${unread} .type=${type}></mq-inbox>`)
}

const look = (inbox: MqInbox) => {
  const all = <E extends HTMLElement = HTMLElement>(selector: string) => [
    ...inbox.renderRoot.querySelectorAll<E>(selector),
  ]
  const text = () => inbox.renderRoot.textContent!.replace(/\s+/g, ' ')
  const saying = (words: string) => until(() => text().includes(words), words)
  const press = async (name: string) =>
    (await until(() => all('button').find((one) => one.textContent!.trim() === name), name)).click()
  return { all, text, saying, press, entries: () => all('.entry') }
}

/** A unit that nobody else of the tests works for has an inbox of its own. */
const town = () => officer(county, { name: '何秀英', grants: [{ role: 'resident', area: county }] })

describe('the inbox', () => {
  afterEach(async () => {
    fixtureCleanup()
    configure({ elder: false, theme: 'auto', locale: 'zh-CN', fetch: undefined })
    await setViewport({ width: 800, height: 600 })
  })

  it('is empty at first, and shows a message as soon as something happens; its count is told', async () => {
    const person = resident()
    const report = await reportOf(person)
    const inbox = await inboxOf(person)
    const { saying, entries } = look(inbox)
    await saying('还没有消息')
    await until(() => inbox.count === 0)
    await new Promise((resolve) => setTimeout(resolve, 800))
    const told = next<MqInboxCountEvent>(document.body, 'mq-inbox-count')
    await answer(report.id)
    expect((await told).unread).to.equal(1)
    await saying('已有答复，等待群众评价')
    expect(inbox.getAttribute('count')).to.equal('1')
    expect(entries()[0]!.textContent).to.contain(report.number)
    await saying('未读 1')
    await expectAccessible(inbox)
  })

  it('opens the issue of a message, which is read then', async () => {
    const person = resident()
    const report = await reportOf(person)
    await answer(report.id)
    const inbox = await inboxOf(person)
    const { all, entries } = look(inbox)
    await until(() => entries().length === 1)
    const opened = next<MqIssueOpenEvent>(document.body, 'mq-issue-open')
    all('.open')[0]!.click()
    const event = await opened
    expect([event.issue, event.number, event.cancelable]).to.deep.equal([report.id, report.number, true])
    await until(() => inbox.count === 0)
    expect(all('.new')).to.have.length(0)
    await until(async () => (await (await actingAs(person)).inbox.count()).unread === 0)
  })

  it('shows what is unread, or of a type; marks one and all', async () => {
    const person = town()
    for (const text of ['第一件', '第二件', '第三件']) {
      const { id } = await reportOf(person, { text })
      await answer(id)
    }
    const inbox = await inboxOf(person)
    const { press, entries, saying, all } = look(inbox)
    await until(() => entries().length === 3)
    expect(entries()[0]!.textContent).to.contain('第三件')
    await press('标已读')
    await until(() => inbox.count === 2)
    await press('未读 2')
    await until(() => inbox.unread && entries().length === 2)
    expect(entries()[0]!.textContent).to.contain('第二件')
    const types = all<HTMLSelectElement>('select')[0]!
    types.value = 'closed'
    types.dispatchEvent(new Event('change'))
    await saying('没有未读的消息')
    inbox.type = undefined
    await until(() => entries().length === 2)
    await press('全部标为已读')
    await until(() => inbox.count === 0)
    inbox.reload()
    await saying('没有未读的消息')
    await press('全部')
    await until(() => entries().length === 3)
  })

  it('tells a unit what it has to do', async () => {
    const unit = builder()
    const center = dispatcher()
    const { id, number } = await reportOf(resident())
    const inbox = await inboxOf(unit)
    await until(() => inbox.count !== undefined)
    await dispatch(id, center)
    await until(() => look(inbox).entries()[0]?.textContent?.includes(number))
    await look(inbox).saying('徐敏派单给本单位，请签收办理')
    await (
      await actingAs(center)
    ).issues.remind({ id }, { version: (await (await actingAs(center)).issues.get({ id })).version })
    await look(inbox).saying('徐敏催办，请尽快处理')
  })

  it('reads further pages', async () => {
    const unit = builder()
    const client = await actingAs(unit)
    const [center, person] = [dispatcher(), resident()]
    const have = (await client.inbox.list({ limit: 100 }).page()).items.length
    for (let i = have; i < 33; i++) await dispatch((await reportOf(person)).id, center)
    const inbox = await inboxOf(unit)
    const { entries, press, all } = look(inbox)
    await until(() => entries().length === 30)
    await press('更早的消息')
    await until(() => entries().length > 30)
    const ids = all('.entry').map(({ dataset }) => dataset['id'])
    expect(new Set(ids).size).to.equal(ids.length)
  })

  it('keeps what it shows when the line is cut, and comes back by itself', async () => {
    const person = resident()
    await answer((await reportOf(person)).id)
    const line = new Line()
    const inbox = await inboxOf(person, { line })
    const { saying, text, press, entries } = look(inbox)
    await until(() => entries().length === 1)
    line.isCut = true
    inbox.reload()
    await saying('连接不上服务器')
    await press('标已读')
    await until(() => look(inbox).all('.note.bad').length === 1)
    expect(look(inbox).all('.new')).to.have.length(1)
    line.isCut = false
    dispatchEvent(new Event('online'))
    await until(() => !text().includes('连接不上服务器'))
  })

  it('leaves read what was read while a list from before was on its way', async () => {
    const person = resident()
    await answer((await reportOf(person)).id)
    let isSlow = false
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => (arrive = resolve))
    const line = {
      isCut: false,
      fetch: async (...request: Parameters<typeof fetch>) => {
        const late = isSlow && new Request(...request).url.includes('/v1/inbox?')
        const answer = await fetch(...request)
        if (late) await arrived
        return answer
      },
    }
    const inbox = await inboxOf(person, { line })
    const { all, entries, press } = look(inbox)
    await until(() => entries().length === 1)
    // The stream has opened, after which the inbox reads once more by itself.
    await new Promise((resolve) => setTimeout(resolve, 800))
    isSlow = true
    inbox.reload()
    await new Promise((resolve) => setTimeout(resolve, 300))
    isSlow = false
    await press('标已读')
    await until(async () => (await (await actingAs(person)).inbox.count()).unread === 0)
    arrive()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(all('.new')).to.have.length(0)
    expect(inbox.count).to.equal(0)
  })

  it('shows nothing of another person, also when what they marked comes back refused', async () => {
    const person = resident()
    await answer((await reportOf(person)).id)
    const never = new Promise<never>(() => undefined)
    const inbox = await inboxOf(person, {
      line: {
        isCut: false,
        fetch: (...request) =>
          new Request(...request).url.includes('/v1/inbox/read') ? never : fetch(...request),
      },
    })
    const { entries, press, saying } = look(inbox)
    await until(() => entries().length === 1)
    await press('标已读')
    configure({ getToken: () => Promise.reject(new Error('nobody')) })
    await saying('请先登录，再查看消息')
    expect(entries()).to.have.length(0)
  })

  it('says that one has to sign in, and that there is no network', async () => {
    const line = new Line()
    line.isCut = true
    const inbox = await inboxOf(resident(), { line })
    await look(inbox).saying('当前没有网络，联网后会自动加载')
    configure({ getToken: () => Promise.reject(new Error('nobody')), fetch: undefined })
    await look(inbox).saying('请先登录，再查看消息')
  })

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible and fits a narrow phone, ${theme}, for elders`, async () => {
      const person = resident()
      await answer((await reportOf(person, { text: '很长的一段话'.repeat(20) })).id)
      configure({ theme, elder: true })
      await setViewport({ width: 360, height: 740 })
      const inbox = await inboxOf(person)
      const { all, entries } = look(inbox)
      await until(() => entries().length === 1)
      await expectAccessible(inbox)
      expect(document.documentElement.scrollWidth).to.be.at.most(360)
      expect(all('button, select').filter((one) => one.getBoundingClientRect().height < 44)).to.deep.equal([])
    })
  }

  it('speaks English', async () => {
    const person = resident()
    await answer((await reportOf(person, { text: 'The lamp is broken' })).id)
    configure({ locale: 'en' })
    const inbox = await inboxOf(person)
    await look(inbox).saying('There is an answer; the resident can rate it')
    await look(inbox).saying('Awaiting rating')
    await look(inbox).saying('Mark all as read')
  })
})
