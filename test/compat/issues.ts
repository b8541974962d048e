import assert from 'node:assert/strict'
import type { Issue } from '@minqing/core'
import { ask } from './api.ts'
import type { Check } from './check.ts'
import { until } from './driver.ts'
import { fits, open, quoted, unique, type Stage } from './stage.ts'

const category = '010101'

/** As these checks call what they look at. */
const names = `
  globalThis.tracker = part('mq-issue-tracker')
  globalThis.form = () => tracker.querySelector('dialog[open] form')
  globalThis.field = (name, selector) => form().querySelector('[data-field="' + name + '"] ' + selector)
  true`

/** What is filled in; each is tried until it holds, since lists come from the server. */
const fill = {
  category: [2, 4, 6].map(
    (length, level) =>
      `choose(form().querySelectorAll('[data-field=category] select')[${level}], ${quoted(category.slice(0, length))})`,
  ),
  select: (name: string, value: string) => `choose(field(${quoted(name)}, 'select'), ${quoted(value)})`,
  write: (name: string, text: string) => `type(field(${quoted(name)}, 'textarea'), ${quoted(text)})`,
  pick: (name: string, label: string) =>
    `click(withText(field(${quoted(name)}, 'legend').parentNode, 'label', ${quoted(label)}))`,
  /** The first day that can be chosen in the next month. */
  nextMonth: (name: string) => [
    `click(field(${quoted(name)}, '.day-button'))`,
    // It has grown since it was opened.
    `field(${quoted(name)}, '.day') && isOnScreen(form().querySelector('[type=submit]'))`,
    `click(field(${quoted(name)}, '[aria-label=下个月]'))`,
    `click(field(${quoted(name)}, '.day:not([aria-disabled])'))`,
    `field(${quoted(name)}, '.day-button').textContent.includes('年')`,
  ],
}

/** Opens an action's form: it is seen, above the page, and has the focus. */
async function openForm({ driver }: Stage, deed: string): Promise<void> {
  await until(driver, `click(tracker.querySelector('[data-deed=${deed}]'))`, `${deed} is offered`)
  await until(driver, 'Boolean(form())', `the form of ${deed}`)
  const dialog = `form().closest('dialog')`
  assert.ok(await driver.evaluate(`isOnScreen(${dialog})`), `the form of ${deed} can be seen`)
  assert.ok(
    await driver.evaluate(`${dialog}.contains(tracker.activeElement)`),
    `the focus is in the form of ${deed}`,
  )
}

/** Opens an action's form, fills it in, sends it, and waits until it is gone. */
async function act(stage: Stage, deed: string, ...steps: string[]): Promise<void> {
  const { driver } = stage
  await openForm(stage, deed)
  for (const step of steps) await until(driver, `Boolean(${step})`, step)
  await driver.evaluate(`click(form().querySelector('[type=submit]'))`)
  // The clock was quicker: the form says so, and a person sends it once more.
  const again = `form().textContent.includes('请核对后再次提交') && click(form().querySelector('[type=submit]'))`
  await until(driver, `!form() || (${again}) && false`, `${deed} is done`)
}

const inState = ({ driver }: Stage, name: string) =>
  until(driver, `Boolean(withText(tracker, '.detail .badge', ${quoted(name)}))`, `it is ${name}`)

/** Opens the issue from the message about it. */
async function openFromInbox(stage: Stage, text: string): Promise<void> {
  const { driver } = stage
  const entry = `withText(part('mq-inbox'), '[part~=entry].new', ${quoted(text)})`
  await until(driver, `Boolean(${entry})`, 'the message')
  await fits(stage)
  await driver.evaluate(`click(${entry}.querySelector('.open'))`)
  await until(driver, `Boolean(withText(tracker, '.detail h2', ${quoted(text)}))`, 'the issue opens')
  await until(driver, `!(${entry})`, 'the message is read')
  await fits(stage)
}

/** An issue from the diary to five stars: composer, feed, inbox and tracker. Begins at the officer's diaries. */
export function issueChecks(): Check[] {
  const text = unique('路灯不亮')
  const card = (about: string) => `withText(part('mq-diary-feed'), 'article', ${quoted(about)})`

  const write = async ({ driver }: Stage, about: string, before = 'true') => {
    await driver.evaluate(before)
    await driver.evaluate(`type(part('mq-diary-composer').querySelector('textarea'), ${quoted(about)})`)
    await driver.evaluate(`click(part('mq-diary-composer').querySelector('[part~=publish]'))`)
    await until(driver, `Boolean(${card(about)})`, 'the diary is in the feed')
  }
  const isForwarded = ({ driver }: Stage, about: string) =>
    until(driver, `Boolean(withText(${card(about)}, '[part~=issue]', '待受理'))`, 'the mark')

  return [
    {
      group: 'main act',
      title: 'mq-diary-composer: a diary is forwarded as it is published',
      async run(stage) {
        const about = unique('同时上报的日记')
        const box = `part('mq-diary-composer').querySelector('.forward input[type=checkbox]')`
        await until(stage.driver, `Boolean(${box})`, 'the switch')
        await write(stage, about, `click(${box})`)
        await isForwarded(stage, about)
      },
    },
    {
      group: 'main act',
      title: 'mq-diary-feed: a diary is forwarded',
      async run(stage) {
        const { driver } = stage
        await write(stage, text)
        await until(driver, `click(${card(text)}.querySelector('[data-do=forward]'))`, 'it can be forwarded')
        const panel = `${card(text)}.querySelector('mq-diary-forward')`
        await until(driver, `click(${panel} && ${panel}.querySelector('summary'))`, 'the panel')
        await until(driver, `choose(${panel}.querySelector('[name=category]'), '01')`, 'the categories')
        await driver.evaluate(`click(${panel}.querySelector('.confirm'))`)
        await isForwarded(stage, text)
        await fits(stage)
      },
    },
    {
      group: 'main act',
      title: 'mq-inbox: a message opens its issue',
      async run(stage) {
        await open(stage, 'dispatcher', '<mq-inbox></mq-inbox><mq-issue-tracker></mq-issue-tracker>')
        await stage.driver.evaluate(names)
        await openFromInbox(stage, text)
      },
    },
    {
      group: 'dialogs',
      title: 'the form of an action opens above the page with the focus, and can be left',
      async run(stage) {
        const { driver } = stage
        const button = `tracker.querySelector('[data-deed=triage]')`
        // A person's click leaves the focus on the button.
        await until(driver, `${button} && (${button}.focus(), true)`, 'the action is offered')
        // what a portal lays over its page, at the highest order that there is, and what can be focused there
        await driver.evaluate(`(() => {
          globalThis.over = document.body.appendChild(document.createElement('button'))
          Object.assign(over.style, { position: 'fixed', left: 0, top: 0, width: '100vw', height: '100vh', zIndex: 2147483647 })
        })()`)
        await openForm(stage, 'triage')
        assert.ok(await driver.evaluate(`isOnTop(form().closest('dialog'))`), 'it lies above the page')
        const inside = `(over.focus(), tracker.activeElement) && form().contains(tracker.activeElement)`
        assert.ok(await driver.evaluate(inside), 'the focus stays in it')
        const hit = (x: string, y: string) => `document.elementFromPoint(${x}, ${y})`
        assert.ok(
          await driver.evaluate(`${hit('innerWidth / 2', 'innerHeight / 2')} === tracker.host`),
          'on top',
        )
        assert.ok(await driver.evaluate(`${hit('2', '2')} !== over`), 'what lies below cannot be pressed')
        await driver.evaluate(`press(form(), '取消')`)
        await until(driver, `!tracker.querySelector('mq-issue-dialog')`, 'the form is gone')
        await until(driver, `tracker.activeElement === ${button}`, 'the focus is back')
        assert.ok(await driver.evaluate(`${hit('2', '2')} === over`), 'the page is as it was')
        await driver.evaluate('over.remove()')
      },
    },
    {
      group: 'main act',
      title: 'mq-issue-tracker: the center dispatches an issue',
      async run(stage) {
        const { driver } = stage
        await act(stage, 'triage', ...fill.category)
        await inState(stage, '待派单')
        await act(stage, 'dispatch', fill.select('lead.unit', 'zhujian'), ...fill.nextMonth('lead.dueAt'))
        await inState(stage, '待签收')
        await driver.evaluate(`press(tracker, '返回列表')`)
        await until(driver, `press(tracker, '看板')`, 'the list is back')
        const row = `withText(tracker, '[part~=row]', ${quoted(text)})`
        await until(driver, `Boolean(${row})`, 'it is on the board')
        await driver.evaluate(`press(tracker, '筛选')`)
        await until(driver, `Boolean(tracker.querySelector('#filters select'))`, 'the filters open')
        await fits(stage)
      },
    },
    {
      group: 'main act',
      title: 'mq-issue-tracker: the unit accepts and answers',
      async run(stage) {
        await open(stage, 'housing', '<mq-inbox></mq-inbox><mq-issue-tracker></mq-issue-tracker>')
        await stage.driver.evaluate(names)
        await openFromInbox(stage, text)
        await act(stage, 'accept')
        await inState(stage, '办理中')
        await act(stage, 'answer', fill.write('text', '灯已修好'), fill.pick('outcome', '已解决'))
        await inState(stage, '待审核')
      },
    },
    {
      group: 'main act',
      title: 'mq-issue-tracker: the officer finds it and rates it',
      async run(stage) {
        const { world, driver } = stage
        const rows = await world.query<{ wire: string }>('select wire from issue where text = $1', [text])
        const { id, version } = JSON.parse(rows[0]!.wire) as Issue
        await ask(world, 'dispatcher', `POST /v1/issues/${id}/answer-approval`, {}, version)
        await open(stage, 'chen', '<mq-issue-tracker></mq-issue-tracker>')
        await driver.evaluate(names)
        await until(driver, `type(tracker.querySelector('[part~=search]'), ${quoted(text)})`, 'the search')
        await driver.evaluate(`click(tracker.querySelector('.search [type=submit]'))`)
        await until(driver, `Boolean(tracker.querySelector('[part~=chip]'))`, 'it was searched')
        await until(driver, `click(withText(tracker, '.open', ${quoted(text)}))`, 'the issue is found')
        await inState(stage, '待评价')
        await act(stage, 'rate', fill.pick('solved', '已解决'), fill.pick('stars', '非常满意'))
        await inState(stage, '已办结')
        await until(driver, `Boolean(withText(tracker, '.detail', '5 星'))`, 'its stars show')
        const rated = await ask<Issue>(world, 'chen', `GET /v1/issues/${id}`)
        assert.deepEqual([rated.state, rated.rating?.stars, rated.rating?.solved], ['closed', 5, true])
      },
    },
  ]
}
