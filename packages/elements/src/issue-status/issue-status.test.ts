import type { Report } from '@minqing/core/wire'
import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import '../define/mq-issue-status.ts'
import { expectAccessible } from '../testing/axe.ts'
import { actingAs, answer, builder, dispatch, dispatcher, reportOf, resident } from '../testing/circle.ts'
import { setViewport } from '../testing/commands.ts'
import { Line, next } from '../testing/composer.ts'
import { serverUrl, tokenOf, type Somebody } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqReportChangeEvent } from './issue-status.events.ts'
import type { MqIssueStatus } from './issue-status.ts'

/** Nobody is signed in: everything by receipt has to work without a token. */
async function nobody(line = new Line()): Promise<void> {
  configure({ baseUrl: await serverUrl(), getToken: undefined, tokenUrl: undefined, fetch: line.fetch })
}

async function signedIn(person: Somebody): Promise<void> {
  configure({ baseUrl: await serverUrl(), getToken: () => tokenOf(person), fetch: undefined })
}

const statusOf = (receipt?: string) =>
  fixture<MqIssueStatus>(html`<mq-issue-status .receipt=${receipt}></mq-issue-status>`)

const look = (element: MqIssueStatus) => {
  const all = <E extends HTMLElement = HTMLElement>(selector: string) => [
    ...element.renderRoot.querySelectorAll<E>(selector),
  ]
  const text = () => element.renderRoot.textContent!.replace(/\s+/g, ' ')
  const saying = (words: string) => until(() => text().includes(words), words)
  const press = async (name: string) =>
    (await until(() => all('button').find((one) => one.textContent!.trim() === name), name)).click()
  return { all, text, saying, press, one: <E extends HTMLElement>(selector: string) => all<E>(selector)[0]! }
}

const stages = (element: MqIssueStatus) =>
  look(element)
    .all('.stages li')
    .map((item) => `${item.className} ${item.querySelector('span')!.textContent}`.trim())

describe('the status of a report', () => {
  afterEach(async () => {
    fixtureCleanup()
    configure({ elder: false, theme: 'auto', locale: 'zh-CN', fetch: undefined })
    await setViewport({ width: 800, height: 600 })
  })

  it('is found by a receipt as people type it, without signing in', async () => {
    const report = await reportOf(resident())
    await nobody()
    const element = await statusOf()
    const { one, press, saying } = look(element)
    const field = await until(() => one<HTMLInputElement>('input'))
    field.value = '7kq2'
    await press('查询')
    await saying('受理编号是 16 位字母和数字')
    field.value = ` ${report.receipt.toLowerCase().replace(/-/g, ' ')}`
    await press('查询')
    await saying('已经收到，正在安排承办单位')
    expect(stages(element)).to.deep.equal(['now 已收到', '办理中', '已答复', '已评价'])
    await saying(report.receipt)
    await expectAccessible(element)
  })

  it('says when no report has the number, and finds the next one', async () => {
    const report = await reportOf(resident())
    await nobody()
    const element = await statusOf('0000-0000-0000-0000')
    await look(element).saying('没有找到这个受理编号')
    element.receipt = report.receipt
    await look(element).saying('村口的路灯')
  })

  it('shows the unit in charge, the answer, and takes the rating', async () => {
    const report = await reportOf(resident())
    await nobody()
    const center = dispatcher()
    const element = await statusOf(report.receipt)
    const { saying, press, all, one, text } = look(element)
    await saying('已经收到')
    await dispatch(report.id, center)
    element.reload()
    await saying('已交给住房和城乡建设局办理')
    expect(text()).to.contain('前答复')
    await answerAfterDispatch(report, center)
    element.reload()
    await saying('已更换灯泡，夜里亮了')
    expect(stages(element)).to.deep.equal(['done 已收到', 'done 办理中', 'now 已答复', '已评价'])
    await press('提交评价')
    await saying('请先选择问题有没有解决')
    const radios = await until(
      () => all<HTMLInputElement>('[name=solved]').length === 2 && all<HTMLInputElement>('input'),
    )
    radios[0]!.click()
    await press('提交评价')
    await saying('请选择满意程度')
    all<HTMLInputElement>('[name=stars]')[4]!.click()
    one<HTMLTextAreaElement>('textarea').value = '很快，谢谢'
    await expectAccessible(element)
    const changed = next<MqReportChangeEvent>(element, 'mq-report-change')
    await press('提交评价')
    const { report: rated, change } = await changed
    expect([rated.state, rated.rating?.stars, rated.rating?.text, change]).to.deep.equal([
      'closed',
      5,
      '很快，谢谢',
      'rated',
    ])
    await saying('已办结，感谢您的评价')
    expect(stages(element)).to.deep.equal(['done 已收到', 'done 办理中', 'done 已答复', 'done 已评价'])
    expect(text()).to.contain('★★★★★')
  })

  it('takes “not solved” up again, and a closed one when asked with a reason', async () => {
    const report = await reportOf(resident())
    const center = dispatcher()
    await answer(report.id, center)
    await nobody()
    const element = await statusOf(report.receipt)
    const { saying, press, all, one } = look(element)
    await until(() => all('[name=solved]').length === 2)
    all<HTMLInputElement>('[name=solved]')[1]!.click()
    await saying('这件事会重新办理')
    all<HTMLInputElement>('[name=stars]')[1]!.click()
    await press('提交评价')
    await saying('已经受理，正在安排承办单位')
    await answer(report.id, center)
    element.reload()
    await until(() => all('[name=solved]').length === 2)
    all<HTMLInputElement>('[name=solved]')[0]!.click()
    all<HTMLInputElement>('[name=stars]')[3]!.click()
    await press('提交评价')
    await press('没有解决？要求重办')
    await until(() => one('textarea'))
    await press('要求重办')
    await saying('请写下为什么需要重办')
    one<HTMLTextAreaElement>('textarea').value = '又不亮了'
    const changed = next<MqReportChangeEvent>(element, 'mq-report-change')
    await press('要求重办')
    expect((await changed).change).to.equal('reopened')
    await saying('已经受理')
  })

  it('says why a matter was not accepted', async () => {
    const report = await reportOf(resident())
    const { issues } = await actingAs(dispatcher())
    const { version } = await issues.get({ id: report.id })
    await issues.refuse({ id: report.id, reason: '属于邻县，已转告' }, { version })
    await nobody()
    const element = await statusOf(report.receipt)
    await look(element).saying('属于邻县，已转告')
    expect(stages(element)).to.deep.equal(['done 已收到', 'done 不予受理'])
  })

  it('lists the resident’s own, and knows of a change at once', async () => {
    const person = resident()
    const [first] = [
      await reportOf(person, { text: '第一件：井盖松动' }),
      await reportOf(person, { text: '第二件：垃圾没人收' }),
    ]
    await signedIn(person)
    const element = await fixture<MqIssueStatus>(html`<mq-issue-status mine></mq-issue-status>`)
    const { all, saying } = look(element)
    await until(() => all('article').length === 2)
    expect(all('article')[0]!.textContent).to.contain('第二件')
    // the stream is open before anything happens
    await new Promise((resolve) => setTimeout(resolve, 800))
    await answer(first.id)
    await saying('已有答复，请您评价')
  })

  it('says that there is nothing yet, and that one has to sign in', async () => {
    await signedIn(resident())
    const element = await fixture<MqIssueStatus>(html`<mq-issue-status mine></mq-issue-status>`)
    await look(element).saying('您还没有反映过问题')
    configure({ getToken: () => Promise.reject(new Error('nobody')) })
    await look(element).saying('请先登录，再查看您反映的问题')
  })

  it('keeps what it shows when the line is cut, and is up to date when it is back', async () => {
    const report = await reportOf(resident())
    const line = new Line()
    await nobody(line)
    const element = await statusOf(report.receipt)
    const { saying, text } = look(element)
    await saying('已经收到')
    line.isCut = true
    element.reload()
    await saying('连接不上服务器')
    expect(text()).to.contain('已经收到')
    line.isCut = false
    await dispatch(report.id, dispatcher())
    dispatchEvent(new Event('online'))
    await saying('已交给住房和城乡建设局')
    expect(text()).not.to.contain('连接不上服务器')
  })

  it('shows what a person wrote as text', async () => {
    const report = await reportOf(resident(), { text: '<img src=x onerror=alert(1)><b>粗</b>' })
    await nobody()
    const element = await statusOf(report.receipt)
    await look(element).saying('<b>粗</b>')
    expect(look(element).all('article img, article b')).to.have.length(0)
  })

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible and fits a narrow phone, ${theme}, for elders`, async () => {
      const report = await reportOf(resident())
      await answer(report.id)
      await nobody()
      configure({ theme, elder: true })
      await setViewport({ width: 360, height: 740 })
      const element = await statusOf(report.receipt)
      const { all } = look(element)
      await until(() => all('[name=stars]').length === 5)
      await expectAccessible(element)
      expect(document.documentElement.scrollWidth).to.be.at.most(360)
      const pressed = all('button, label, summary, textarea').filter((one) => !one.matches('.block'))
      expect(pressed.filter((one) => one.getBoundingClientRect().height < 44)).to.deep.equal([])
      const small = all('*').filter(
        (one) =>
          !one.closest('.sr') &&
          [...one.childNodes].some((node) => node instanceof Text && node.data.trim()) &&
          parseFloat(getComputedStyle(one).fontSize) < 18,
      )
      expect(small.map(({ outerHTML }) => outerHTML)).to.deep.equal([])
    })
  }

  it('speaks English', async () => {
    const report = await reportOf(resident(), { text: 'The lamp is broken' })
    await answer(report.id)
    await nobody()
    configure({ locale: 'en' })
    const element = await statusOf(report.receipt)
    const { saying, text } = look(element)
    await saying('There is an answer; please rate it')
    await saying('Is it solved?')
    expect(text()).not.to.match(/评价|办理中|受理编号/)
  })
})

/** From dispatched to an answer that waits for its rating. */
async function answerAfterDispatch({ id }: Report, center: Somebody): Promise<void> {
  const handler = (await actingAs(builder())).issues
  const { version } = await handler.get({ id })
  const accepted = await handler.accept({ id }, { version })
  const answered = await handler.answer({ id, text: '已更换灯泡，夜里亮了' }, { version: accepted.version })
  await (await actingAs(center)).issues.approveAnswer({ id }, { version: answered.version })
}
