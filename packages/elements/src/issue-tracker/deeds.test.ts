import { expect } from '@open-wc/testing'
import { setViewport } from '../testing/commands.ts'
import { until } from '../testing/until.ts'
import {
  act,
  as,
  atWork,
  cast,
  choose,
  done,
  fill,
  fillIn,
  inState,
  openTracker,
  ownWord,
  part,
  press,
  report,
  someCategory,
  submit,
} from './testing/tracker.ts'
import type { MqIssueTracker } from './issue-tracker.ts'

/** Does an action by its form; fields that are texts are filled in, the rest does `more`. */
async function does(
  tracker: MqIssueTracker,
  deed: string,
  texts: Record<string, string> = {},
  more?: (dialog: HTMLElement) => Promise<unknown>,
): Promise<void> {
  const dialog = await act(tracker, deed)
  for (const [field, value] of Object.entries(texts)) await fillIn(dialog, field, value)
  await more?.(dialog)
  submit(dialog)
  await done(tracker)
}

const latest = (tracker: MqIssueTracker, words: string) =>
  until(
    () => tracker.shadowRoot!.querySelector('.timeline li')?.textContent.includes(words),
    `the latest event to say ${words}`,
  )

describe('the actions of an issue', () => {
  beforeEach(() => setViewport({ width: 1280, height: 900 }))
  afterEach(() => setViewport({ width: 800, height: 600 }))

  it('a unit asks and the center decides: extension, suspension, return', async () => {
    const people = cast()
    const { id } = await atWork(people, `申请 ${ownWord()}`, true)
    const [housing, center] = [
      await openTracker(people.housing, { issue: id }),
      await openTracker(people.center, { issue: id }),
    ]
    await inState(housing, '办理中')
    await does(housing, 'requestExtension', { reason: '材料未到' }, (form) => press(form, '10 个工作日后'))
    await latest(center, '申请延期到')
    expect((await part(center, '.note.warn')).textContent).to.contain('材料未到')
    await does(center, 'approve', { reason: '同意' })
    await latest(housing, '同意延期到')

    await does(housing, 'requestSuspension', { reason: '等待会议' }, (form) => press(form, '3 个工作日后'))
    await latest(center, '申请挂起到')
    await does(center, 'approve')
    await latest(housing, '同意挂起')
    expect((await part(housing, '.clock[data-state=paused]')).textContent).to.contain('已挂起')
    await does(housing, 'resume')
    await latest(housing, '恢复办理')

    await does(housing, 'requestReturn', { betterUnit: 'jiaotong', reason: '属于公路' })
    await latest(center, '申请退单，建议改派交通运输局')
    await does(center, 'refuseRequest', { reason: '仍由你单位办理' })
    await latest(housing, '不同意退单')
    await does(center, 'releaseAssist', { reason: '不再需要' })
    await latest(center, '撤销了交通运输局的协办')
    await does(center, 'addAssist', { 'target.unit': 'shuili' })
    await latest(center, '增加水利局协办')
    await does(center, 'recall', { reason: '改派' })
    await latest(center, '撤回了派单')
    await inState(center, '待派单')
  }).timeout(60_000)

  it('the center and leaders press, override, and bring it to a consultation', async () => {
    const people = cast()
    const { id } = await atWork(people, `会诊 ${ownWord()}`)
    const [center, leader] = [
      await openTracker(people.center, { issue: id }),
      await openTracker(people.leader, { issue: id }),
    ]
    await does(center, 'overridePriority', { score: '95', reason: '涉及安全' })
    await until(() => center.shadowRoot!.querySelector('.score')?.textContent.includes('95'))
    expect(center.shadowRoot!.textContent).to.contain('调整为 95 分：涉及安全')
    await does(center, 'remind', { text: '请尽快' })
    await latest(center, '催办')
    await latest(leader, '催办')
    await does(leader, 'supervise', { text: '每日报告' })
    await latest(leader, '列入督办')
    await does(leader, 'escalate', { reason: '多部门' })
    await inState(leader, '会诊中')
    await does(leader, 'conclude', { decision: '由住建局牵头。' })
    await inState(leader, '待派单')
    await latest(center, '由住建局牵头。')
  }).timeout(60_000)

  it('an answer goes back, is checked on the spot, and the issue is opened again', async () => {
    const people = cast()
    const { id } = await atWork(people, `重办 ${ownWord()}`)
    const [housing, center] = [
      await openTracker(people.housing, { issue: id }),
      await openTracker(people.center, { issue: id }),
    ]
    const answer = () =>
      does(housing, 'answer', { text: '已修好' }, (form) => choose(form, 'outcome', '已解决'))
    await answer()
    await inState(center, '待审核')
    await does(center, 'sendBack', { reason: '缺少照片' })
    await inState(housing, '办理中')
    await answer()
    await inState(center, '待审核')
    await does(center, 'approveAnswer', { note: '可以' })
    await inState(center, '待评价')
    await does(center, 'spotCheck', { note: '现场已亮' }, (form) => choose(form, 'reason', '已解决'))
    await inState(center, '已办结')
    expect(center.shadowRoot!.querySelector('.detail')!.textContent).to.contain('经抽查核实')
    const reporter = await openTracker(people.officer, { issue: id })
    await does(reporter, 'reopen', { reason: '又坏了' })
    await inState(reporter, '待派单')
    await until(() => reporter.shadowRoot!.querySelector('.badges')?.textContent.includes('重办 1 次'))
  }).timeout(60_000)

  it('one kind of matter is handled once, and each is answered', async () => {
    const people = cast()
    const word = ownWord()
    const main = await atWork(people, `主事项 ${word}`)
    const { id } = await report(people.officer, `同样的事 ${word}`)
    const center = await openTracker(people.center, { issue: id, q: word })
    const find = async (form: HTMLElement) => {
      const field = await part<HTMLInputElement>(form, '[data-field=main] input[type=search]')
      fill(field, main.number)
      // the Enter that ends a composition, as Safari tells it: not composing any more, but 229
      const key = { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }
      expect(field.dispatchEvent(new KeyboardEvent('keydown', key)), 'left to the input method').to.equal(
        true,
      )
      expect(field.dispatchEvent(new KeyboardEvent('keydown', { ...key, keyCode: 13 })), 'taken').to.equal(
        false,
      )
      const option = await until(() =>
        [...form.querySelectorAll('.option')].find((one) => one.textContent.includes(main.number)),
      )
      option.querySelector('input')!.click()
    }
    await does(center, 'merge', {}, find)
    await inState(center, '已并入一类事')
    await latest(center, `并入一类事 ${main.number}`)
    await does(center, 'split', { reason: '情况不同' })
    await inState(center, '待派单')
    await does(center, 'merge', {}, find)
    await inState(center, '已并入一类事')
    await does(center, 'replyChild', { text: '已单独处理' }, (form) => choose(form, 'outcome', '已解决'))
    await inState(center, '待评价')
    const reporter = await openTracker(people.officer, { issue: id })
    await does(reporter, 'rate', {}, async (form) => {
      await choose(form, 'solved', '未解决')
      await choose(form, 'stars', '很不满意')
    })
    await inState(reporter, '待派单')
    await latest(reporter, '评价：未解决，1 星')
  }).timeout(60_000)

  it('is not taken on, or taken back', async () => {
    const people = cast()
    const [one, two] = [
      await report(people.officer, `不受理 ${ownWord()}`),
      await report(people.officer, `撤回 ${ownWord()}`),
    ]
    const center = await openTracker(people.center, { issue: one.id })
    const form = await act(center, 'refuse')
    expect(form.textContent).to.contain('不能恢复')
    submit(form)
    expect((await part(form, '.problem')).textContent).to.contain('请填写理由')
    await fillIn(form, 'reason', '属私人纠纷')
    submit(form)
    await done(center)
    await inState(center, '已办结')
    const reporter = await openTracker(people.officer, { issue: two.id })
    await does(reporter, 'withdraw', { reason: '已自行解决' })
    await inState(reporter, '已办结')
  }).timeout(30_000)

  it('a suggestion fills the form in, with the evidence beside it', async () => {
    const people = cast()
    const { id } = await report(people.officer, `村口的路灯不亮，晚上看不清 ${ownWord()}`)
    const center = await openTracker(people.center, { issue: id })
    const box = await part(center, '.suggested')
    expect(box.textContent).to.contain('路灯')
    await press(box, '采用')
    const form = await part(center, 'dialog[open]')
    const selects = () => [...form.querySelectorAll('select')]
    await until(() => selects().length > 1 && selects().every(({ value }) => value !== ''))
    submit(form)
    await done(center)
    await inState(center, '待派单')
    const lead = await until(() =>
      [...center.shadowRoot!.querySelectorAll('.suggested li')].find(
        (one) => one.textContent.includes('主办') && one.querySelector('.button'),
      ),
    )
    lead.querySelector<HTMLElement>('.button:not(.link)')!.click()
    const dispatch = await part(center, 'dialog[open]')
    await until(() => dispatch.querySelector('select')!.value !== '', 'the unit to be chosen')
  }).timeout(30_000)

  it('shows photos before and after, in full size when pressed', async () => {
    const people = cast()
    const client = await as(people.officer)
    const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 600 })
    canvas.getContext('2d')!.fillRect(0, 0, 800, 600)
    const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), 'image/jpeg'))
    const { id: photo } = await client.photos.upload(blob, { area: '330683100210' })
    const { id } = await report(people.officer, `照片 ${ownWord()}`, { photos: [photo] })
    const tracker = await openTracker(people.center, { issue: id })
    const image = await part<HTMLImageElement>(tracker, '.picture img')
    await until(() => image.naturalWidth > 0, 'the photo of another to be seen')
    ;(await part(tracker, '.picture')).click()
    const viewer = await part(tracker, 'dialog.viewer[open]')
    await until(() => viewer.querySelector('img')?.naturalWidth === 800)
    await press(viewer, '关闭')
    expect(await someCategory(people.center)).to.match(/^\d{6}$/)
  })
})
