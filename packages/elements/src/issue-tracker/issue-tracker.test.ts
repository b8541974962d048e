import { expect } from '@open-wc/testing'
import { expectAccessible } from '../testing/axe.ts'
import { emulateMedia, setViewport } from '../testing/commands.ts'
import { hostWith, mapOf, pixel } from '../testing/host.ts'
import { officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import {
  as,
  atWork,
  buttons,
  cast,
  cutLine,
  openTracker,
  ownWord,
  part,
  press,
  report,
  rowSaying,
  rows,
  someCategory,
} from './testing/tracker.ts'

const titles = (tracker: Parameters<typeof rows>[0]) =>
  rows(tracker).map((row) => row.querySelector('.open')!.textContent.trim())

describe('mq-issue-tracker', () => {
  afterEach(async () => {
    await emulateMedia({ colorScheme: 'light' })
    await setViewport({ width: 800, height: 600 })
  })

  it('shows the issues of an area, newest first, as text and never as markup', async () => {
    const { officer: reporter, center } = cast()
    const word = ownWord()
    await report(reporter, `第一件 ${word}`)
    await report(reporter, `<img src=x onerror="window.hacked=1"><b>第二件</b> ${word}`)
    const tracker = await openTracker(center, { q: word })
    const row = await rowSaying(tracker, '<b>第二件</b>')
    expect(rows(tracker).length).to.equal(2)
    expect(titles(tracker)[1]).to.contain('第一件')
    expect(row.querySelector('b, img')).to.equal(null)
    expect(row.textContent).to.contain('待受理').and.to.contain('还剩')
    expect((window as { hacked?: number }).hacked).to.equal(undefined)
  })

  it('keeps room while it loads', async () => {
    const tracker = await openTracker(cast().center)
    await tracker.updateComplete
    expect(tracker.shadowRoot!.querySelectorAll('.bone').length).to.be.greaterThan(3)
    expect(tracker.offsetHeight).to.be.at.least(480)
  })

  it('has a face for nothing that matches, and the way back', async () => {
    const tracker = await openTracker(cast().center, { q: ownWord() })
    const face = await part(tracker, '[part=empty]')
    expect(face.textContent).to.contain('没有符合条件的事项')
    await press(face, '清除筛选条件')
    expect(tracker.q).to.equal(undefined)
  })

  it('says why nothing can be shown', async () => {
    const nobody = await openTracker(officer(), { 'token-url': '/there-is-none' })
    expect((await part(nobody, '[part=error]')).textContent).to.contain('请先登录')
    const nowhere = await openTracker(cast().center, { area: '33068310099999999' })
    expect((await part(nowhere, '[part=error]')).textContent).to.contain('没有找到该区域')
  })

  it('filters by state with counts, by pressing and by keys', async () => {
    const { officer: reporter, center } = cast()
    const word = ownWord()
    await report(reporter, `待受理的 ${word}`)
    const other = await report(reporter, `已受理的 ${word}`)
    const category = await someCategory(center)
    await (await as(center)).issues.triage({ id: other.id, category }, { version: other.version })
    const tracker = await openTracker(center, { q: word })
    await rowSaying(tracker, '待受理的')
    const tab = await part(tracker, '[role=tab][data-key=submitted] .count')
    expect(Number(tab.textContent)).to.be.at.least(1)
    await press(tracker, '待派单')
    await until(() => titles(tracker).join() === `已受理的 ${word}`)
    expect(tracker.state).to.equal('triaged')
    const tabs = await part(tracker, '[role=tablist]')
    tabs.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }))
    await until(() => titles(tracker).join() === `待受理的 ${word}`)
    expect(tracker.shadowRoot!.activeElement?.getAttribute('data-key')).to.equal('submitted')
  })

  it('filters by category, own reports and what is asked; shows and takes away what is chosen', async () => {
    const people = cast()
    const word = ownWord()
    const issue = await atWork(people, `要延期的 ${word}`)
    await report(people.officer, `别的 ${word}`)
    const tracker = await openTracker(people.center, { q: word })
    await rowSaying(tracker, '别的')
    await press(tracker, '筛选')
    const filters = await part(tracker, '#filters')
    const select = await part<HTMLSelectElement>(filters, '.selects select')
    select.value = issue.category!.code.slice(0, 2)
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await until(() => titles(tracker).join() === `要延期的 ${word}`)
    expect(tracker.category).to.equal(issue.category!.code.slice(0, 2))
    const chips = () => [...tracker.shadowRoot!.querySelectorAll<HTMLElement>('[part=chip]')]
    chips()[0]!.click()
    await rowSaying(tracker, '别的')
    await press(filters, '有申请待审批')
    await part(tracker, '[part=empty]')
    await (
      await as(people.housing)
    ).issues.requestReturn(
      { id: issue.id, reason: '不属本单位', betterUnit: 'jiaotong' },
      { version: issue.version },
    )
    await press(tracker, '有 1 件新事项')
    await rowSaying(tracker, '要延期的')
    await press(filters, '有申请待审批')
    await rowSaying(tracker, '别的')
    await press(filters, '我上报的')
    await part(tracker, '[part=empty]')
  })

  it('hears of new and changed issues without moving what is read', async () => {
    const { officer: reporter, center } = cast()
    const word = ownWord()
    const first = await report(reporter, `甲 ${word}`)
    const tracker = await openTracker(center, { q: word, state: 'submitted' })
    await rowSaying(tracker, '甲')
    await new Promise((resolve) => setTimeout(resolve, 300))
    await report(reporter, `乙 ${word}`)
    const pill = await part(tracker, '[part=pill]')
    expect(pill.textContent).to.contain('有 1 件新事项')
    expect(titles(tracker)).to.eql([`甲 ${word}`])
    const category = await someCategory(center)
    await (await as(center)).issues.triage({ id: first.id, category }, { version: first.version })
    const gone = await until(() => rows(tracker).find((row) => row.classList.contains('gone')))
    expect(gone.textContent).to.contain('待派单').and.to.contain('已不在此列表')
    pill.click()
    await until(() => titles(tracker).join() === `乙 ${word}`)
  })

  it('keeps its filters in the address and leaves the rest of it alone', async () => {
    const { officer: reporter, center } = cast()
    const word = ownWord()
    const issue = await report(reporter, `地址 ${word}`)
    history.replaceState(null, '', '#section-2')
    const tracker = await openTracker(center, { hash: '', q: word })
    const row = await rowSaying(tracker, '地址')
    await until(() => location.hash.includes(`mq-q=${encodeURIComponent(word)}`))
    expect(location.hash.startsWith('#section-2&')).to.equal(true)
    await press(tracker, '待受理')
    await until(() => location.hash.includes('mq-state=submitted'))
    row.querySelector<HTMLElement>('.open')!.click()
    await until(() => location.hash.includes(`mq-issue=${issue.id}`))
    await part(tracker, '.detail h2')
    history.back()
    await until(() => !tracker.issue && !location.hash.includes('mq-issue='))
    const kept = location.hash
    tracker.remove()
    const again = await openTracker(center, { hash: '' })
    await until(() => again.q === word && again.state === 'submitted')
    await rowSaying(again, '地址')
    expect(location.hash).to.equal(kept)
    history.replaceState(null, '', '#section-2')
    const without = await openTracker(center, { q: word })
    await rowSaying(without, '地址')
    expect(location.hash).to.equal('#section-2')
  })

  it('shows the board, a column for each state; on a phone one at a time', async () => {
    const people = cast()
    const word = ownWord()
    await report(people.officer, `新的 ${word}`)
    await atWork(people, `在办 ${word}`)
    const tracker = await openTracker(people.center, { view: 'board', q: word }, 1400)
    await rowSaying(tracker, '在办')
    await rowSaying(tracker, '新的')
    const columns = [...tracker.shadowRoot!.querySelectorAll<HTMLElement>('.column')]
    const holding = (text: string) => columns.find((one) => one.textContent.includes(text))?.dataset['state']
    expect(columns.length).to.equal(7)
    expect([holding('新的'), holding('在办')]).to.eql(['submitted', 'inProgress'])
    const first = (await rowSaying(tracker, '新的')).querySelector<HTMLElement>('.open')!
    first.focus()
    first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }))
    expect(tracker.shadowRoot!.activeElement!.textContent).to.contain('在办')
    tracker.style.setProperty('width', '360px')
    await until(() => tracker.shadowRoot!.querySelectorAll('.column').length === 1)
    await press(tracker, '办理中')
    await rowSaying(tracker, '在办')
    expect(tracker.shadowRoot!.querySelectorAll('.column').length).to.equal(1)
  })

  it('offline from the start: shows what this device knows, and goes on by itself', async () => {
    const { officer: reporter, center } = cast()
    const word = ownWord()
    const issue = await report(reporter, `记得的 ${word}`)
    const before = await openTracker(center, { q: word })
    ;(await rowSaying(before, '记得的')).querySelector<HTMLElement>('.open')!.click()
    await part(before, '.timeline li')
    before.remove()
    const cut = cutLine()
    const tracker = await openTracker(center, { q: word })
    await rowSaying(tracker, '记得的')
    const note = await part(tracker, '[part=offline]')
    expect(note.textContent).to.contain('连接不上服务器')
    tracker.issue = issue.id
    await part(tracker, '.timeline li')
    cut.mend()
    await until(() => !tracker.shadowRoot!.querySelector('[part=offline]'), 'going on', 14_000)
  }).timeout(40_000)

  const looks: Record<string, string>[] = [{}, { theme: 'dark' }, { elder: '' }]
  for (const look of looks) {
    it(`has no accessibility faults ${JSON.stringify(look)}`, async () => {
      const people = cast()
      const word = ownWord()
      const issue = await atWork(people, `无障碍 ${word}`, true)
      await setViewport({ width: 1280, height: 900 })
      const tracker = await openTracker(people.center, { q: word, issue: issue.id, ...look })
      document.body.style.background = look['theme'] ? '#10181a' : ''
      await rowSaying(tracker, '无障碍')
      await part(tracker, '.timeline li')
      await press(tracker, '筛选')
      await part(tracker, '#filters')
      await press(tracker, '更多操作')
      await part(tracker, '.menu')
      await expectAccessible(tracker)
      tracker.view = 'board'
      tracker.issue = undefined
      await until(() => tracker.shadowRoot!.querySelector('.column .item'))
      await expectAccessible(tracker)
      document.body.style.background = ''
    }).timeout(30_000)
  }

  it('has targets and text that old eyes and fingers need, in elder mode', async () => {
    const people = cast()
    const word = ownWord()
    const issue = await atWork(people, `长者 ${word}`)
    await setViewport({ width: 400, height: 800 })
    const tracker = await openTracker(people.center, { q: word, elder: '' })
    await rowSaying(tracker, '长者')
    await press(tracker, '筛选')
    await part(tracker, '#filters')
    const check = () => {
      const all = [...tracker.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter(
        (one) => one.getClientRects().length > 0,
      )
      const texts = all.filter((one) =>
        [...one.childNodes].some((node) => node instanceof Text && node.data.trim()),
      )
      const small = texts.filter((one) => parseFloat(getComputedStyle(one).fontSize) < 18)
      expect(small.map(({ outerHTML }) => outerHTML)).to.eql([])
      const tight = all.filter(
        (one) => one.matches('button:not(.open), select, textarea, label.option') && one.offsetHeight < 44,
      )
      expect(tight.map(({ outerHTML }) => outerHTML)).to.eql([])
    }
    check()
    tracker.issue = issue.id
    await part(tracker, '.timeline li')
    await press(tracker, '更多操作')
    check()
    expect(document.documentElement.scrollWidth).to.be.at.most(400)
  })

  it('speaks English', async () => {
    const people = cast()
    const word = ownWord()
    const issue = await atWork(people, `word ${word}`)
    const tracker = await openTracker(people.center, { q: word, issue: issue.id, locale: 'en' })
    await part(tracker, '.timeline li')
    await until(() => buttons(tracker).some((one) => one.textContent.includes('More actions')))
    expect(tracker.shadowRoot!.textContent).to.contain('What happened').and.to.contain('dispatched to')
    tracker.locale = 'zh-CN'
    await until(() => buttons(tracker).some((one) => one.textContent.includes('更多操作')))
  })

  it('a tracker shows where an issue is, to be looked at only', async () => {
    const people = cast()
    const place = { longitude: 120.580232, latitude: 30.001523, precision: 'grid' } as const
    const { id, text } = await report(people.officer, ownWord(), { place })
    const stop = await hostWith({ map: mapOf(pixel, 'wgs84') })
    const tracker = await openTracker(people.center, { issue: id })
    const find = (selector: string) => tracker.renderRoot.querySelector<HTMLElement>(selector)
    await until(() => find('.said')?.textContent === text, 'the issue')
    await until(() => find('.leaflet-tile-loaded'), 'its map')
    expect(find('.map-where')!.textContent).to.contain('位置已模糊到约 1 公里')
    expect(find('.map-pin')!.tabIndex).to.equal(-1)
    await stop()
    await until(() => !find('.map'), 'the map to go')
  })
})
