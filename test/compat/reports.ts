import assert from 'node:assert/strict'
import type { Issue } from '@minqing/core'
import { village, type PersonName } from '../e2e/support/host.ts'
import { ask } from './api.ts'
import type { Check } from './check.ts'
import { until } from './driver.ts'
import { fits, open, quoted, unique, type Stage } from './stage.ts'

const widgets = `<mq-issue-report></mq-issue-report>
  <mq-issue-report anonymous area="${village}"></mq-issue-report>
  <mq-issue-status></mq-issue-status>`
const own = `part('mq-issue-report:not([anonymous])')`
const anonymous = `part('mq-issue-report[anonymous]')`
const status = `part('mq-issue-status')`

/** What residents do: report, with or without a name, look after it by the receipt, and rate. */
export function reportChecks(): Check[] {
  const text = unique('水管漏水')
  let receipt = ''

  /** Writes, sends, and answers the receipt number that is shown. */
  const send = async ({ driver }: Stage, form: string, about: string): Promise<string> => {
    await driver.evaluate(`type(${form}.querySelector('textarea'), ${quoted(about)})`)
    await driver.evaluate(`click(${form}.querySelector('[part~=send]'))`)
    const shown = `${form}.querySelector('[part~=receipt] strong')`
    await until(driver, `Boolean(${shown})`, 'a receipt')
    const nested = `${form}.querySelector('mq-issue-status').shadowRoot`
    const article = `withText(${nested}, 'article', ${quoted(about)})`
    await until(driver, `${nested} && Boolean(${article})`, 'its progress')
    return driver.evaluate<string>(`${shown}.textContent`)
  }

  return [
    {
      group: 'photos',
      title: 'a resident reports with a photo and gets a receipt',
      async run(stage) {
        const { world, driver } = stage
        await open(stage, 'resident', widgets)
        await until(driver, `choose(${own}.querySelector('#category'), '01')`, 'the categories')
        await driver.evaluate(`type(${own}.querySelector('[part~=place]'), '村口小店旁')`)
        await driver.evaluate(`type(${own}.querySelector('#phone'), '13800001234')`)
        await driver.evaluate(`addPhoto(${own}.querySelector('input[type=file]'))`)
        const photo = `${own}.querySelector('[part~=photos] li[aria-busy=false]')`
        await until(driver, `Boolean(${photo})`, 'the photo is taken in')
        await fits(stage)
        receipt = await send(stage, own, text)
        assert.match(receipt, /^[0-9A-Z]{4}(\W[0-9A-Z]{4}){3}$/)
        const rows = await world.query(
          `select reporter_id as by, jsonb_array_length(photos) as photos, place->>'name' as place from issue where text = $1`,
          [text],
        )
        assert.deepEqual(rows, [{ by: 'resident', photos: 1, place: '村口小店旁' }])
      },
    },
    {
      group: 'main act',
      title: 'mq-issue-report: somebody without a name reports',
      async run(stage) {
        const { world, driver } = stage
        const about = unique('匿名反映的事')
        await until(driver, `Boolean(${anonymous}.querySelector('#category'))`, 'the categories')
        assert.equal(await driver.evaluate(`${anonymous}.querySelector('input[type=file]')`), null)
        assert.notEqual(await send(stage, anonymous, about), receipt)
        const rows = await world.query('select reporter_id as by from issue where text = $1', [about])
        assert.deepEqual(rows, [{ by: 'anonymous' }])
      },
    },
    {
      group: 'main act',
      title: 'mq-issue-status: the receipt shows where it stands',
      async run(stage) {
        const { driver } = stage
        await driver.evaluate(`type(${status}.querySelector('#receipt'), ${quoted(receipt)})`)
        await driver.evaluate(`press(${status}, '查询')`)
        const shown = `withText(${status}, 'article', ${quoted(text)})`
        await until(driver, `Boolean(${shown})`, 'the report')
        assert.equal(await driver.evaluate(`${shown}.dataset.state`), 'submitted')
        assert.match(await driver.evaluate<string>(`${shown}.textContent`), /\d日 ([01]\d|2[0-3]):[0-5]\d/)
        const steps = `${shown}.querySelectorAll('[part~=progress] li').length`
        assert.equal(await driver.evaluate(`${steps} > 2`), true)
        await fits(stage)
      },
    },
    {
      group: 'main act',
      title: 'mq-issue-status: what was answered can be rated',
      async run(stage) {
        const { world, driver } = stage
        const [row] = await world.query<{ wire: string }>('select wire from issue where text = $1', [text])
        let issue = JSON.parse(row!.wire) as Issue
        const act = async (as: PersonName, path: string, body: object) => {
          issue = await ask<Issue>(world, as, `POST /v1/issues/${issue.id}/${path}`, body, issue.version)
        }
        await act('dispatcher', 'triage', { category: '010101' })
        await act('dispatcher', 'dispatch', { lead: { unit: 'zhujian' } })
        await act('housing', 'acceptance', {})
        await act('housing', 'answer', { text: '水管已换', outcome: 'solved' })
        await act('dispatcher', 'answer-approval', {})
        await driver.evaluate(`document.querySelector('mq-issue-status').reload(), true`)
        const form = `${status}.querySelector('mq-report-rating form')`
        await until(driver, `Boolean(${form})`, 'the form for the rating')
        await until(driver, `click(withText(${form}, '.pick', '已解决'))`, 'solved or not')
        await until(driver, `click(withText(${form}, '.star', '非常满意'))`, 'the stars')
        await fits(stage)
        await driver.evaluate(`press(${form}, '提交评价')`)
        const stars = `withText(${status}, '[part~=rating]:not(form)', '★★★★★')`
        await until(driver, `Boolean(${stars})`, 'the rating shows')
        const { state, rating } = await ask<Issue>(world, 'dispatcher', `GET /v1/issues/${issue.id}`)
        assert.deepEqual([state, rating?.stars, rating?.solved], ['closed', 5, true])
      },
    },
  ]
}
