import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Issue } from '@minqing/core'
import { ask } from './api.ts'
import { until } from './driver.ts'
import { fits, open, quoted, unique, type Stage } from './stage.ts'

const category = '010101'

/** As these tests call what they look at. */
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

/** Opens an action's form, fills it in, sends it, and waits until it is gone. */
async function act({ driver }: Stage, deed: string, ...steps: string[]): Promise<void> {
  await until(driver, `click(tracker.querySelector('[data-deed=${deed}]'))`, `${deed} is offered`)
  await until(driver, 'Boolean(form())', `the form of ${deed}`)
  const dialog = `form().closest('dialog')`
  assert.ok(await driver.evaluate(`isOnScreen(${dialog})`), `the form of ${deed} can be seen`)
  assert.ok(
    await driver.evaluate(`${dialog}.contains(tracker.activeElement)`),
    `the focus is in the form of ${deed}`,
  )
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
export function issuesWork(stageOf: () => Stage): void {
  const text = unique('路灯不亮')
  const card = (about: string) => `withText(part('mq-diary-feed'), 'article', ${quoted(about)})`

  const write = async (about: string, before = 'true') => {
    const { driver } = stageOf()
    await driver.evaluate(before)
    await driver.evaluate(`type(part('mq-diary-composer').querySelector('textarea'), ${quoted(about)})`)
    await driver.evaluate(`click(part('mq-diary-composer').querySelector('[part~=publish]'))`)
    await until(driver, `Boolean(${card(about)})`, 'the diary is in the feed')
  }
  const isForwarded = (about: string) =>
    until(stageOf().driver, `Boolean(withText(${card(about)}, '[part~=issue]', '待受理'))`, 'the mark')

  test('a diary is forwarded as it is published', async () => {
    const about = unique('同时上报的日记')
    const box = `part('mq-diary-composer').querySelector('.forward input[type=checkbox]')`
    await until(stageOf().driver, `Boolean(${box})`, 'the switch')
    await write(about, `click(${box})`)
    await isForwarded(about)
  })

  test('a diary is forwarded from the feed', async () => {
    const { driver } = stageOf()
    await write(text)
    await until(driver, `click(${card(text)}.querySelector('[data-do=forward]'))`, 'it can be forwarded')
    const panel = `${card(text)}.querySelector('mq-diary-forward')`
    await until(driver, `click(${panel} && ${panel}.querySelector('summary'))`, 'the panel')
    await until(driver, `choose(${panel}.querySelector('[name=category]'), '01')`, 'the categories')
    await driver.evaluate(`click(${panel}.querySelector('.confirm'))`)
    await isForwarded(text)
    await fits(stageOf())
  })

  test('the center receives it from a message and dispatches it', async () => {
    const stage = stageOf()
    const { driver } = stage
    await open(stage, 'dispatcher', '<mq-inbox></mq-inbox><mq-issue-tracker></mq-issue-tracker>')
    await driver.evaluate(names)
    await openFromInbox(stage, text)
    await act(stage, 'triage', ...fill.category)
    await inState(stage, '待派单')
    await act(stage, 'dispatch', fill.select('lead.unit', 'zhujian'), ...fill.nextMonth('lead.dueAt'))
    await inState(stage, '待签收')
    await driver.evaluate(`press(tracker, '返回列表')`)
    await until(driver, `press(tracker, '看板')`, 'the list is back')
    await until(driver, `Boolean(withText(tracker, '[part~=row]', ${quoted(text)}))`, 'it is on the board')
    await driver.evaluate(`press(tracker, '筛选')`)
    await until(driver, `Boolean(tracker.querySelector('#filters select'))`, 'the filters open')
    await fits(stage)
  })

  test('the unit accepts it from a message and answers', async () => {
    const stage = stageOf()
    await open(stage, 'housing', '<mq-inbox></mq-inbox><mq-issue-tracker></mq-issue-tracker>')
    await stage.driver.evaluate(names)
    await openFromInbox(stage, text)
    await act(stage, 'accept')
    await inState(stage, '办理中')
    await act(stage, 'answer', fill.write('text', '灯已修好'), fill.pick('outcome', '已解决'))
    await inState(stage, '待审核')
  })

  test('the officer finds it and rates it', async () => {
    const stage = stageOf()
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
  })
}
