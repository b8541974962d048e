import { expect } from '@open-wc/testing'
import { expectAccessible } from '../testing/axe.ts'
import { setViewport } from '../testing/commands.ts'
import { until } from '../testing/until.ts'
import type { MqIssueChangeEvent } from './issue-tracker.events.ts'
import {
  act,
  as,
  atWork,
  cast,
  choose,
  cutLine,
  done,
  fill,
  fillIn,
  inState,
  offered,
  openTracker,
  ownWord,
  part,
  press,
  report,
  someCategory,
  submit,
} from './testing/tracker.ts'

const timelineOf = (tracker: HTMLElement) =>
  [...tracker.shadowRoot!.querySelectorAll('.timeline li > p')].map((line) =>
    line.textContent.replace(/\s+/g, ' ').trim(),
  )

describe('an issue, from report to rating', () => {
  beforeEach(() => setViewport({ width: 1280, height: 900 }))
  afterEach(() => setViewport({ width: 800, height: 600 }))

  it('goes its whole way through the hands of several people', async () => {
    const people = cast()
    const word = ownWord()
    const { id } = await report(people.officer, `路灯坏了 ${word}`, {
      resident: { name: '王大爷', phone: '13812345678' },
    })
    const category = await someCategory(people.center)

    const center = await openTracker(people.center, { issue: id, q: word })
    await inState(center, '待受理')
    expect((await part(center, '.facts')).textContent).to.contain('138****5678')
    const triage = await act(center, 'triage')
    for (const length of [2, 4, 6]) {
      const selects = () => [...triage.querySelectorAll<HTMLSelectElement>('.selects select')]
      fill(await until(() => selects()[length / 2 - 1]), category.slice(0, length))
    }
    submit(triage)
    await done(center)
    await inState(center, '待派单')

    const dispatch = await act(center, 'dispatch')
    submit(dispatch)
    expect((await part(dispatch, '[data-field="lead.unit"] .problem')).textContent).to.contain(
      '请选择主办单位',
    )
    await fillIn(dispatch, 'lead.unit', 'zhujian')
    await press(dispatch, '5 个工作日后')
    await press(dispatch, '＋ 添加协办单位')
    fill(await part<HTMLSelectElement>(dispatch, '.target select'), 'jiaotong')
    submit(dispatch)
    await done(center)
    await inState(center, '待签收')
    expect(center.shadowRoot!.querySelectorAll('.part').length).to.equal(2)

    const traffic = await openTracker(people.traffic, { issue: id, q: word })
    await inState(traffic, '待签收')
    expect(await offered(traffic)).to.eql(['accept', 'addProgress', 'answer', 'requestReturn'])
    const assistAnswer = await act(traffic, 'answer')
    await fillIn(assistAnswer, 'text', '道路封控已配合完成。')
    submit(assistAnswer)
    await done(traffic)

    const housing = await openTracker(people.housing, { issue: id, q: word })
    submit(await act(housing, 'accept'))
    await done(housing)
    await inState(housing, '办理中')
    const note = await act(housing, 'addProgress')
    await fillIn(note, 'note', '已到现场，明天施工。')
    submit(note)
    await until(() => timelineOf(housing).some((line) => line.includes('办理情况')))
    expect((await part(housing, '.timeline')).textContent).to.contain('已到现场，明天施工。')
    const answer = await act(housing, 'answer')
    await fillIn(answer, 'text', '五盏路灯全部修好。')
    await choose(answer, 'outcome', '已解决')
    submit(answer)
    await done(housing)
    await inState(housing, '待审核')
    expect(housing.shadowRoot!.querySelector('.actions')).to.equal(null)

    await inState(center, '待审核')
    submit(await act(center, 'approveAnswer'))
    await inState(center, '待评价')

    const reporter = await openTracker(people.officer, { issue: id, q: word })
    await inState(reporter, '待评价')
    expect(await offered(reporter)).to.eql(['rate'])
    const rating = await act(reporter, 'rate')
    await expectAccessible(reporter)
    await choose(rating, 'solved', '已解决')
    await choose(rating, 'stars', '非常满意')
    const changed = new Promise<MqIssueChangeEvent>((resolve) =>
      reporter.addEventListener('mq-issue-change', resolve, { once: true }),
    )
    submit(rating)
    expect((await changed).action).to.equal('rate')
    await inState(reporter, '已办结')
    await until(() => timelineOf(reporter).length >= 9)
    const lines = timelineOf(reporter).reverse()
    for (const [at, words] of ['上报了事项', '受理', '派单给住房和城乡建设局主办'].entries())
      expect(lines[at]).to.contain(words)
    expect(lines[lines.length - 1]).to.contain('评价：已解决，5 星（非常满意）')
    expect(reporter.shadowRoot!.querySelector('.detail')!.textContent).to.contain('群众已确认')
  }).timeout(60_000)

  it('offers each person what they may do now and nothing else', async () => {
    const people = cast()
    const word = ownWord()
    const { id } = await report(people.officer, `谁能做什么 ${word}`)
    const see = async (person: (typeof people)['center'], ...expected: string[]) => {
      const tracker = await openTracker(person, { issue: id, q: word })
      await inState(tracker, '待受理')
      await part(tracker, '.timeline li')
      if (!expected.length) expect(tracker.shadowRoot!.querySelector('.actions')).to.equal(null)
      else expect(await offered(tracker)).to.eql(expected.sort())
      tracker.remove()
    }
    await see(people.officer, 'withdraw')
    await see(people.auditor)
    await see(people.leader, 'remind', 'supervise')
    await see(people.center, 'triage', 'refuse', 'overridePriority', 'remind', 'merge')
    const foreign = await openTracker(people.housing, { issue: id })
    expect((await part(foreign, '.detail [part=error]')).textContent).to.contain('没有找到')
  }).timeout(30_000)

  it('shows the phone when asked, and that somebody has looked', async () => {
    const people = cast()
    const { id } = await report(people.officer, `电话 ${ownWord()}`, {
      resident: { name: '王大爷', phone: '13812345678' },
    })
    const tracker = await openTracker(people.center, { issue: id })
    await press(tracker, '查看电话')
    const link = await part<HTMLAnchorElement>(tracker, '.facts a')
    expect(link.textContent).to.equal('13812345678')
    await until(() => timelineOf(tracker).some((line) => line.includes('查看了群众的联系电话')))
  })

  it('keeps what was filled in when somebody was quicker, and says what they did', async () => {
    const people = cast()
    const issue = await atWork(people, `冲突 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: issue.id })
    await inState(tracker, '办理中')
    const form = await act(tracker, 'requestExtension')
    await fillIn(form, 'reason', '材料未到')
    await press(form, '10 个工作日后')
    const leader = await as(people.leader)
    await leader.issues.supervise({ id: issue.id, text: '抓紧' }, { version: issue.version })
    submit(form)
    const told = await part(form, '[role=alert]')
    expect(told.textContent).to.contain('您填写的内容还在')
    await until(() => told.textContent.includes('周正平：列入督办'))
    expect(form.querySelector('textarea')!.value).to.equal('材料未到')
    submit(form)
    await done(tracker)
    await until(() => timelineOf(tracker)[0]?.includes('申请延期到'))
  })

  it('says when a step is not possible any more', async () => {
    const people = cast()
    const { id, version } = await report(people.officer, `晚了一步 ${ownWord()}`)
    const tracker = await openTracker(people.officer, { issue: id })
    const form = await act(tracker, 'withdraw')
    const category = await someCategory(people.center)
    await (await as(people.center)).issues.triage({ id, category }, { version })
    submit(form)
    const told = await part(form, '[role=alert]')
    expect(told.textContent).to.contain('已经不能进行').and.to.contain('受理')
    expect(form.querySelector('[type=submit]')!.getAttribute('aria-disabled')).to.equal('true')
  })

  it('keeps a progress note without network, and sends it once when the network is back', async () => {
    const people = cast()
    const issue = await atWork(people, `山里 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: issue.id })
    await part(tracker, '.timeline li')
    // What a page loads ahead has come.
    await new Promise((resolve) => setTimeout(resolve, 500))
    const cut = cutLine()
    const form = await act(tracker, 'addProgress')
    await fillIn(form, 'note', '现场没有信号，先记下。')
    submit(form)
    await done(tracker)
    const waiting = await part(tracker, '.waiting')
    expect(waiting.textContent).to.contain('现场没有信号，先记下。')
    await until(() => waiting.textContent.includes('联网后自动送达'))
    cut.mend()
    await until(() => !tracker.shadowRoot!.querySelector('.waiting'), 'the note to arrive', 20_000)
    await until(() => timelineOf(tracker)[0]?.includes('办理情况'))
    const { items } = await (await as(people.center)).issues.timeline({ id: issue.id })
    expect(items.filter(({ action }) => action === 'addProgress').length).to.equal(1)
  }).timeout(40_000)

  it('takes only working days to come as deadlines', async () => {
    const people = cast()
    const issue = await atWork(people, `期限 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: issue.id })
    const form = await act(tracker, 'requestSuspension')
    await press(form, '挂起到：选择日期')
    const days = () => [...form.querySelectorAll<HTMLElement>('.day')]
    await until(() => days().length > 27)
    const off = days().find((day) => day.dataset['off'])!
    expect(off.getAttribute('aria-disabled')).to.equal('true')
    expect(off.getAttribute('aria-label')).to.contain('休息日')
    off.click()
    expect(form.querySelector('mq-work-day')).to.have.property('value', '')
    await expectAccessible(tracker)
    submit(form)
    expect((await part(form, '[data-field=until] .problem')).textContent).to.contain('请选择挂起到')
  })
})
