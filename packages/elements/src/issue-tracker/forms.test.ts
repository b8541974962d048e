import { expect } from '@open-wc/testing'
import { clockSkew, learnSkew } from '../internal/clock.ts'
import { until } from '../testing/until.ts'
import { MqWorkDay } from './actions/day-field.ts'
import {
  act,
  as,
  atWork,
  cast,
  cutLine,
  done,
  fillIn,
  inState,
  openTracker,
  ownWord,
  part,
  press,
  submit,
  tokenUrl,
} from './testing/tracker.ts'

const formOf = (tracker: HTMLElement) => tracker.shadowRoot!.querySelector<HTMLElement>('mq-issue-dialog')

describe('the form of an action', () => {
  it('stays when the choice of a photo is given up', async () => {
    const people = cast()
    const { id } = await atWork(people, `相片 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: id })
    const form = await act(tracker, 'addProgress')
    let heard = 0
    form.addEventListener('cancel', () => heard++)
    const input = await part(form, 'input[type=file]')
    input.dispatchEvent(new Event('cancel', { bubbles: true }))
    expect(heard).to.equal(0)
    expect(form.hasAttribute('open')).to.equal(true)
  })

  it('says so when a colleague has asked for the extension meanwhile, and waits for nothing', async () => {
    const people = cast()
    const { id, version } = await atWork(people, `延期 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: id })
    await inState(tracker, '办理中')
    const form = await act(tracker, 'requestExtension')
    await fillIn(form, 'reason', '材料未到')
    await press(form, '10 个工作日后')
    const dueAt = new Date(Date.now() + 40 * 86_400_000)
    while (dueAt.getUTCDay() !== 3) dueAt.setUTCDate(dueAt.getUTCDate() + 1)
    await (
      await as(people.housing)
    ).issues.requestExtension({ id, dueAt: dueAt.toISOString(), reason: '同事先申请' }, { version })
    submit(form)
    await until(() => form.querySelector('[role=alert]')?.textContent.includes('已经不能进行'))
    await until(() => form.querySelector('form')!.getAttribute('aria-busy') === 'false')
  })

  it('is gone with its person, and the next one finds nothing of it', async () => {
    const people = cast()
    const { id } = await atWork(people, `换人 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: id })
    await inState(tracker, '办理中')
    await fillIn(await act(tracker, 'answer'), 'text', '只有我知道的话')
    tracker.tokenUrl = tokenUrl(cast().housing)
    await until(() => !formOf(tracker), 'the form of the one before to go')
    await inState(tracker, '办理中')
    const form = await act(tracker, 'answer')
    expect(form.querySelector('textarea')!.value).to.equal('')
    tracker.tokenUrl = tokenUrl(people.housing)
    await until(() => !formOf(tracker))
    await inState(tracker, '办理中')
    expect((await act(tracker, 'answer')).querySelector('textarea')!.value).to.equal('只有我知道的话')
  })

  it('gives a refused note back without letting go of it', async () => {
    const people = cast()
    const { id, version } = await atWork(people, `收回 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: id })
    await part(tracker, '.timeline li')
    const cut = cutLine()
    const note = await act(tracker, 'addProgress')
    await fillIn(note, 'note', '先记下，回头再改。')
    submit(note)
    await done(tracker)
    // refused, since the work was taken from the unit meanwhile
    await (await as(people.center)).issues.recall({ id, reason: '派错了单位' }, { version })
    cut.mend()
    await until(() => tracker.shadowRoot!.querySelector('.waiting .problem'), 'a refused note', 20_000)
    await press(tracker, '收回修改')
    const form = await part(tracker, 'dialog[open]')
    expect(form.querySelector('textarea')!.value).to.equal('先记下，回头再改。')
    await press(form, '取消')
    expect(tracker.shadowRoot!.querySelector('.waiting')!.textContent).to.contain('先记下，回头再改。')
  }).timeout(40_000)

  it('is modal again after the host has moved the widget', async () => {
    const people = cast()
    const { id } = await atWork(people, `移动 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: id })
    const form = await act(tracker, 'answer')
    await fillIn(form, 'text', '写到一半')
    const elsewhere = document.createElement('div')
    document.body.append(elsewhere)
    elsewhere.append(tracker)
    expect(form.matches(':modal')).to.equal(true)
    expect(form.querySelector('textarea')!.value).to.equal('写到一半')
    elsewhere.remove()
  })

  it('tells of a failure after it was closed, and keeps what was written', async () => {
    const people = cast()
    const { id } = await atWork(people, `关早了 ${ownWord()}`)
    const tracker = await openTracker(people.housing, { issue: id })
    await inState(tracker, '办理中')
    const form = await act(tracker, 'requestSuspension')
    await fillIn(form, 'reason', '等天晴')
    await press(form, '5 个工作日后')
    const { fetch } = window
    let asked = 0
    let cut: () => void = () => undefined
    const line = new Promise<never>((_, reject) => {
      cut = () => reject(new TypeError('Failed to fetch'))
    })
    line.catch(() => undefined)
    window.fetch = (input, init) => {
      if (!(input instanceof Request) || input.method !== 'POST') return fetch(input, init)
      asked++
      return line
    }
    submit(form)
    await until(() => asked)
    await press(form, '取消')
    expect(formOf(tracker)).to.equal(null)
    cut()
    await part(tracker, '.toast')
    window.fetch = fetch
    const again = await act(tracker, 'requestSuspension')
    expect(again.querySelector('textarea')!.value).to.equal('等天晴')
  })
})

describe('the days that are offered', () => {
  const isWorkingDay = (day: string) => ![0, 6].includes(new Date(day).getUTCDay())
  const before = clockSkew()
  afterEach(() => learnSkew(before))

  for (const [when, days] of [
    ['2026-11-25T15:00:00+08:00', ['2026-11-26', '2026-11-30', '2026-12-02', '2026-12-09']],
    ['2026-11-29T15:00:00+08:00', ['2026-11-30', '2026-12-02', '2026-12-04', '2026-12-11']],
  ] as const) {
    it(`are working days, also when asked for at ${when}`, async () => {
      learnSkew(Date.parse(when) - Date.now())
      if (!customElements.get('mq-work-day')) customElements.define('mq-work-day', MqWorkDay)
      const field = new MqWorkDay()
      field.calendar = { isWorkingDay }
      document.body.append(field)
      await field.updateComplete
      const taken: string[] = []
      for (const chip of field.querySelectorAll<HTMLElement>('.chip')) {
        chip.click()
        taken.push(field.value)
      }
      field.remove()
      expect(taken).to.deep.equal(days)
    })
  }
})
