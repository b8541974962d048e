import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import '../define/mq-issue-report.ts'
import { DraftStore } from '../internal/drafts/draft-store.ts'
import { expectAccessible } from '../testing/axe.ts'
import { actingAs, county, dispatcher, resident, village } from '../testing/circle.ts'
import { ime, sendKeys, setViewport } from '../testing/commands.ts'
import { Line, next } from '../testing/composer.ts'
import { jpeg } from '../testing/jpeg.ts'
import { serverUrl, strictUrl, tokenOf, type Somebody } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqReportSentEvent } from './issue-report.events.ts'
import type { MqIssueReport } from './issue-report.ts'

interface Place {
  person?: Somebody
  line?: Line
  baseUrl?: string
  area?: string
}

/** A form of somebody, or of nobody: then it is anonymous. Drafts of nobody are kept by area. */
async function formOf({ person, line = new Line(), baseUrl, area = county }: Place): Promise<MqIssueReport> {
  const cut = () => Promise.reject(new TypeError('Failed to fetch'))
  configure({
    baseUrl: baseUrl ?? (await serverUrl()),
    getToken: person && (() => (line.isCut ? cut() : tokenOf(person))),
    tokenUrl: undefined,
    fetch: line.fetch,
  })
  const form = await fixture<MqIssueReport>(
    html`<mq-issue-report area=${area} ?anonymous=${!person}></mq-issue-report>`,
  )
  await until(() => form.body?.forms[0], 'the form to know what can be chosen')
  await form.updateComplete
  return form
}

const look = (form: MqIssueReport) => {
  const all = <E extends HTMLElement = HTMLElement>(selector: string) => [
    ...form.renderRoot.querySelectorAll<E>(selector),
  ]
  const one = <E extends HTMLElement = HTMLElement>(selector: string) => all<E>(selector)[0]!
  const text = () => form.renderRoot.textContent!.replace(/\s+/g, ' ')
  const saying = (words: string) => until(() => text().includes(words), words)
  const press = async (name: string) =>
    (await until(() => all('button').find((button) => button.textContent!.trim() === name), name)).click()
  return { all, one, text, saying, press }
}

/** Fills a field as typing does. */
async function type(form: MqIssueReport, selector: string, value: string): Promise<void> {
  const field = look(form).one<HTMLTextAreaElement>(selector)
  field.value = value
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  await form.updateComplete
}

async function choose(form: MqIssueReport, selector: string, value: string): Promise<void> {
  const field = look(form).one<HTMLSelectElement>(selector)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await form.updateComplete
}

const addressOf = (input: RequestInfo | URL) =>
  new URL(input instanceof Request ? input.url : input, location.href)

/** Lets requests for a path wait until it is opened. */
function waitFor(path: string) {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  const gate = {
    count: 0,
    open,
    fetch: async (...[input, init]: Parameters<typeof fetch>) => {
      if (addressOf(input).pathname === path) {
        gate.count++
        await opened
      }
      return fetch(input, init)
    },
  }
  return gate
}

/** A form of somebody that has loaded and does not know yet who they are. */
async function startedBehind(gate: ReturnType<typeof waitFor>, person: Somebody): Promise<MqIssueReport> {
  configure({
    baseUrl: await serverUrl(),
    getToken: () => tokenOf(person),
    tokenUrl: undefined,
    fetch: gate.fetch,
  })
  const form = await fixture<MqIssueReport>(html`<mq-issue-report area=${county}></mq-issue-report>`)
  await until(() => gate.count > 0, 'the form to ask who they are')
  return form
}

/** The drafts of somebody that no other page may write to now. */
const draftsHeld = async ({ sub }: Somebody) => {
  const { held = [] } = await navigator.locks.query()
  return held.map(({ name }) => name).filter((name) => name?.includes(sub))
}

const saved = () => new Promise((resolve) => setTimeout(resolve, 700))

describe('the form for residents', () => {
  let nobodysDraft = ''
  before(async () => {
    nobodysDraft = JSON.stringify(['report', await serverUrl(), '', county])
  })
  afterEach(async () => {
    fixtureCleanup()
    configure({ elder: false, theme: 'auto', locale: 'zh-CN', fetch: undefined })
    await setViewport({ width: 800, height: 600 })
    // What nobody in particular has left unfinished must not meet the next test.
    const store = await DraftStore.open()
    await store.remove(nobodysDraft)
    store.close()
  })

  it('takes a report with place, category, contact and photos; the receipt and where it stands are there', async () => {
    const person = resident()
    const form = await formOf({ person })
    const { one, press, all, saying } = look(form)
    await type(form, 'textarea', '村口的路灯三天没有亮了')
    await choose(form, 'select', '330683100')
    await until(() => all('[part=area] select').length === 2)
    await choose(form, '[part=area] select:nth-of-type(2)', village)
    await type(form, '[part=place]', '小店旁')
    await choose(form, '#category', '01')
    await type(form, '[autocomplete=name]', '何秀英')
    await type(form, '#phone', '138 1234 1234')
    const input = one<HTMLInputElement>('input[type=file]')
    const files = new DataTransfer()
    files.items.add(await jpeg())
    input.files = files.files
    input.dispatchEvent(new Event('change'))
    await until(() => form.body!.draft.photos.length === 1)
    await expectAccessible(form)

    const told = next<MqReportSentEvent>(document.body, 'mq-report-sent')
    await press('提交')
    const { report } = await told
    await saying('已收到您的反映')
    expect(one('.receipt strong').textContent).to.equal(report.receipt)
    await until(() => one('mq-issue-status')?.shadowRoot?.textContent?.includes('已经收到'))
    await until(() => (form.renderRoot as ShadowRoot).activeElement === one('h2'))
    await expectAccessible(form)

    const issue = await (await actingAs(dispatcher())).issues.get({ id: report.id })
    expect(issue.resident).to.deep.equal({ name: '何秀英', phone: '138****1234' })
    expect([issue.area.code, issue.category?.code, issue.place?.name, issue.photos.length]).to.deep.equal([
      village,
      '01',
      '小店旁',
      1,
    ])
    await press('再反映一件事')
    await until(() => one<HTMLTextAreaElement>('textarea')?.value === '')
  })

  it('takes one from nobody in particular, without a token and without photos', async () => {
    const form = await formOf({})
    const { all, press } = look(form)
    expect(all('input[type=file]')).to.have.length(0)
    await type(form, 'textarea', '夜里施工太吵')
    const told = next<MqReportSentEvent>(form, 'mq-report-sent')
    await press('提交')
    const { report } = await told
    const issue = await (await actingAs(dispatcher())).issues.get({ id: report.id })
    expect([issue.source, issue.reporter.name]).to.deep.equal(['report', '匿名群众'])
  })

  it('copies the receipt, and leads to a page of the host', async () => {
    const form = await formOf({})
    form.statusUrl = '/status?receipt={receipt}'
    await type(form, 'textarea', '公交站牌倒了')
    const told = next<MqReportSentEvent>(form, 'mq-report-sent')
    await look(form).press('提交')
    const { receipt } = (await told).report
    const link = await until(() => look(form).one<HTMLAnchorElement>('a'))
    expect(link.getAttribute('href')).to.equal(`/status?receipt=${receipt}`)
    await look(form).press('复制编号')
    await until(() => /编号已复制|请手动抄下编号/.test(look(form).text()))
  })

  it('keeps what is typed over a reload, and lets it be cleared and brought back', async () => {
    const person = resident()
    const first = await formOf({ person })
    await type(first, 'textarea', '还没写完')
    await type(first, '#phone', '13812341234')
    await saved()
    fixtureCleanup()
    const form = await formOf({ person })
    const { one, press, saying } = look(form)
    await saying('已恢复上次没有提交的内容')
    expect([one<HTMLTextAreaElement>('textarea').value, one<HTMLInputElement>('#phone').value]).to.deep.equal(
      ['还没写完', '13812341234'],
    )
    await press('清空')
    await until(() => one<HTMLTextAreaElement>('textarea').value === '')
    await press('撤销')
    await until(() => one<HTMLTextAreaElement>('textarea').value === '还没写完')
    fixtureCleanup()
    const other = await formOf({ person: resident() })
    expect(look(other).one<HTMLTextAreaElement>('textarea').value).to.equal('')
  })

  it('says that it waits for the network, and makes one report however often it is sent', async () => {
    const person = resident()
    const line = new Line()
    const form = await formOf({ person, line })
    const { press, saying } = look(form)
    await type(form, 'textarea', '井盖松动')
    line.isCut = true
    await press('提交')
    await saying('已保存在本机，联网后请再次提交')
    line.isCut = false
    dispatchEvent(new Event('online'))
    await saying('网络已恢复，请再次提交')

    // It arrives, and the answer is lost on the way back.
    const real = line.fetch
    configure({
      fetch: async (...request) => {
        const answer = await real(...request)
        if ((request[0] as Request).method === 'POST') throw new TypeError('Failed to fetch')
        return answer
      },
    })
    await until(() => form.body?.forms[0])
    await until(() => look(form).one<HTMLTextAreaElement>('textarea').value === '井盖松动')
    await press('提交')
    await saying('已保存在本机，联网后请再次提交')
    configure({ fetch: real })
    await until(() => form.body?.forms[0])
    await until(() => look(form).one<HTMLTextAreaElement>('textarea').value === '井盖松动')
    await type(form, 'textarea', '井盖松动，还差点摔倒')
    const told = next<MqReportSentEvent>(form, 'mq-report-sent')
    await press('提交')
    expect((await told).report.text).to.equal('井盖松动')
    await saying('先前提交的内容已经收到')
    const mine = await (await actingAs(person)).reports.mine({}).page()
    expect(mine.items.map(({ text }) => text)).to.deep.equal(['井盖松动'])
  })

  it('keeps one draft when what can be chosen is asked for again', async () => {
    const person = resident()
    let refused = 0
    const busy: typeof fetch = (...request) =>
      addressOf(request[0]).pathname === '/v1/report-form' && refused++ < 1
        ? Promise.resolve(new Response(null, { status: 501 }))
        : fetch(...request)
    configure({ baseUrl: await serverUrl(), getToken: () => tokenOf(person), fetch: busy })
    const first = await fixture<MqIssueReport>(html`<mq-issue-report area=${county}></mq-issue-report>`)
    await until(() => look(first).all('button').length > 1 && refused)
    await type(first, 'textarea', '桥面开裂')
    await saved()
    await look(first).press('重试')
    await until(() => first.body?.forms[0])
    expect(await draftsHeld(person)).to.have.length(1)
    await look(first).press('提交')
    await look(first).saying('已收到您的反映')
    fixtureCleanup()
    const form = await formOf({ person })
    expect(look(form).one<HTMLTextAreaElement>('textarea').value).to.equal('')
  })

  it('waits for the one start that is under way when it is sent early', async () => {
    const person = resident()
    const gate = waitFor('/v1/me')
    const form = await startedBehind(gate, person)
    await type(form, 'textarea', '水管漏水')
    await look(form).press('提交')
    await look(form).saying('正在提交…')
    gate.open()
    await look(form).saying('已收到您的反映')
    await saved()
    expect(await draftsHeld(person)).to.have.length(1)
    expect(gate.count).to.equal(1)
  })

  it('does not send what it brings back while it is sent, but shows it first', async () => {
    const person = resident()
    const before = await formOf({ person })
    await type(before, 'textarea', '上次没写完')
    await saved()
    fixtureCleanup()
    const gate = waitFor('/v1/me')
    const form = await startedBehind(gate, person)
    await type(form, 'textarea', '这次写的')
    await look(form).press('提交')
    gate.open()
    await look(form).saying('已恢复上次没有提交的内容，请核对后再提交')
    expect(look(form).one<HTMLTextAreaElement>('textarea').value).to.equal('上次没写完\n这次写的')
    const { reports } = await actingAs(person)
    expect((await reports.mine({}).page()).items).to.deep.equal([])
    await look(form).press('提交')
    await look(form).saying('已收到您的反映')
  })

  it('says what it needs before it sends', async () => {
    const form = await formOf({ person: resident() })
    const { press, saying, one } = look(form)
    await press('提交')
    await saying('请先写下发生了什么')
    await type(form, 'textarea', '字'.repeat(2003))
    await press('提交')
    await saying('超出 3 字')
    await type(form, 'textarea', '路灯不亮')
    await type(form, '#phone', '一三八')
    await press('提交')
    await saying('电话号码只能有数字')
    expect((form.renderRoot as ShadowRoot).activeElement).to.equal(one('#phone'))
  })

  it('says when anonymous reports are not taken, before and after', async () => {
    const form = await formOf({ baseUrl: await strictUrl() })
    await look(form).saying('这里不接受匿名反映，请登录后再提交')
    await type(form, 'textarea', '仍然写了')
    await look(form).press('提交')
    await look(form).saying('写下的内容仍在')
    expect(look(form).one<HTMLTextAreaElement>('textarea').value).to.equal('仍然写了')
  })

  it('says until when to wait after too many', async () => {
    const person = resident()
    const form = await formOf({ person, baseUrl: await strictUrl() })
    const { press, saying } = look(form)
    await type(form, 'textarea', '第一件')
    await press('提交')
    await saying('已收到您的反映')
    await press('再反映一件事')
    await until(() => look(form).one('textarea'))
    await type(form, 'textarea', '第二件')
    await press('提交')
    await until(() => /提交得太频繁，请在 \d{2}:\d{2} 以后再试/.test(look(form).text()))
  })

  it('says that one has to sign in', async () => {
    configure({
      baseUrl: await serverUrl(),
      getToken: () => Promise.reject(new Error('nobody')),
      fetch: undefined,
    })
    const form = await fixture<MqIssueReport>(html`<mq-issue-report area=${county}></mq-issue-report>`)
    await look(form).saying('请先登录，再提交')
    expect(look(form).one<HTMLTextAreaElement>('textarea').readOnly).to.equal(false)
  })

  it('leaves Enter and the composition to the input method', async () => {
    const form = await formOf({ person: resident() })
    const field = look(form).one<HTMLTextAreaElement>('textarea')
    field.focus()
    await ime({ text: 'lu deng' })
    await saved()
    await ime({ commit: '路灯' })
    await until(() => field.value === '路灯')
    await sendKeys({ press: 'Enter' })
    expect(field.value).to.equal('路灯\n')
    expect(look(form).all('.receipt')).to.have.length(0)
  })

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible and fits a narrow phone, ${theme}, for elders`, async () => {
      configure({ theme, elder: true })
      await setViewport({ width: 360, height: 740 })
      const form = await formOf({ person: resident() })
      await look(form).press('提交')
      await look(form).saying('请先写下发生了什么')
      await expectAccessible(form)
      expect(document.documentElement.scrollWidth).to.be.at.most(360)
      const { all } = look(form)
      const tight = all('button, select, input:not([type=file]), textarea').filter(
        (one) => one.getBoundingClientRect().height < 44,
      )
      expect(tight).to.deep.equal([])
      const small = all('*').filter(
        (one) =>
          one.localName !== 'option' &&
          [...one.childNodes].some((node) => node instanceof Text && node.data.trim()) &&
          parseFloat(getComputedStyle(one).fontSize) < 18,
      )
      expect(small.map(({ outerHTML }) => outerHTML)).to.deep.equal([])
    })
  }

  it('speaks English', async () => {
    configure({ locale: 'en' })
    const form = await formOf({ person: resident() })
    await look(form).saying('What happened, or what do you suggest?')
    expect(look(form).text()).not.to.match(/可不填|提交|联系/)
  })
})
