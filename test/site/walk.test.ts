import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { chromium, type Browser, type FrameLocator, type Locator } from 'playwright-core'
import { chromiumArgs, findChromium } from '../support/chromium.ts'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'
import { complaints, settled } from './support.ts'

let server: DemoServer
let browser: Browser
let database: pg.Client

before(async () => {
  server = await startDemoServer()
  database = new pg.Client({ connectionString: server.databaseUrl })
  await database.connect()
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
})

after(async () => {
  await browser.close()
  await database.end()
  await server.close()
})

/** The window of somebody, with the issue that is walked opened in it. */
async function opened(window: FrameLocator, text: string): Promise<FrameLocator> {
  const tracker = window.locator('mq-issue-tracker')
  // a person's pointer comes to the window before the press
  await tracker.hover({ position: { x: 5, y: 5 } })
  await tracker.hover({ position: { x: 9, y: 9 } })
  const detail = tracker.locator('.detail', { hasText: text })
  if (!(await detail.count())) {
    const row = tracker.locator('.item', { hasText: text }).first()
    const pill = tracker.locator('[part~="pill"]')
    await row.or(pill).first().waitFor()
    if (!(await row.count())) await pill.click()
    await row.click()
  }
  await detail.waitFor()
  return window
}

/** Presses an action of the opened issue, fills its form in, and sends it. */
async function act(
  window: FrameLocator,
  deed: string,
  fill?: (form: Locator) => Promise<unknown>,
): Promise<void> {
  const tracker = window.locator('mq-issue-tracker')
  const button = tracker.locator(`[data-deed="${deed}"]`)
  await tracker.locator('.actions').waitFor()
  if (!(await button.count()) && (await tracker.locator('.actions .more').count())) {
    await tracker.locator('.actions .more').click()
  }
  await button.first().click()
  const form = tracker.locator('dialog[open]')
  await form.waitFor()
  await fill?.(form)
  await form.locator('[type=submit]').click()
  await form.waitFor({ state: 'detached', timeout: 15_000 }).catch(async () => {
    throw new Error(`${deed} was not taken: ${await form.innerText()}`)
  })
}

const inState = (window: FrameLocator, state: string) =>
  window.locator('mq-issue-tracker .detail .badge', { hasText: state }).first().waitFor()

test(
  'one issue goes through the hands of six people, in their windows, without reload',
  { timeout: 100_000 },
  async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' })
    const complained = complaints(page)
    await page.goto(`${server.url}/demo/issues/`)
    await settled(page)
    const windowOf = (name: string) => page.frameLocator(`#at-${name} iframe`)
    const [resident, center, housing] = [windowOf('resident'), windowOf('center'), windowOf('housing')]
    const [traffic, village, leader] = [windowOf('traffic'), windowOf('village'), windowOf('leader')]
    const text = `村口路灯不亮 ${randomBytes(4).toString('hex')}`

    // 1
    await resident.locator('mq-issue-report textarea').fill(text)
    await resident.locator('mq-issue-report [part~="send"]').click()
    await resident.locator('mq-issue-report [part~="receipt"]').waitFor()
    // 2: what a window that does not listen misses, it catches up with
    await opened(center, text)
    await act(center, 'triage', async (form) => {
      for (const [nth, code] of ['01', '0101', '010101'].entries()) {
        await form.locator('.selects select').nth(nth).selectOption(code)
      }
    })
    await inState(center, '待派单')
    await act(center, 'dispatch', async (form) => {
      await form.locator('[data-field="lead.unit"] select').selectOption('zhujian')
      await form.getByRole('button', { name: '添加协办单位' }).click()
      await form.locator('.target select').first().selectOption('jiaotong')
    })
    await inState(center, '待签收')
    // 3
    await opened(housing, text)
    await act(housing, 'accept')
    await act(housing, 'addProgress', (form) =>
      form.locator('[data-field="note"] textarea').fill('已派抢修班'),
    )
    // 4
    await opened(traffic, text)
    await act(traffic, 'accept')
    await act(traffic, 'answer', (form) => form.locator('[data-field="text"] textarea').fill('已配合封路'))
    // 5: what the other has done appears by itself
    await housing.locator('mq-issue-tracker .detail', { hasText: '已配合封路' }).waitFor()
    await act(housing, 'answer', async (form) => {
      await form.locator('[data-field="text"] textarea').fill('已更换灯具')
      await form.getByText('已解决', { exact: true }).click()
    })
    // the others see it too
    await opened(leader, text)
    await opened(village, text)
    // 6
    await inState(center, '待审核')
    await act(center, 'approveAnswer')
    // 7
    const status = resident.locator('mq-issue-status', { hasText: text })
    const card = status.locator('[part~="card"]', { hasText: text })
    const rating = card.locator('form[part~="rating"]').first()
    await rating.locator('[name=solved]').first().check()
    await rating.locator('[name=stars]').last().check()
    await rating.locator('button').last().click()
    await inState(village, '已办结')

    const { rows } = await database.query<{ action: string }>(
      `select e.action from issue_event e join issue i on i.id = e.issue_id where i.text = $1
    and e.actor_id <> 'system' order by e.seq`,
      [text],
    )
    assert.deepEqual(
      rows.map(({ action }) => action),
      [
        'submit',
        'triage',
        'dispatch',
        'accept',
        'addProgress',
        'acceptAssist',
        'answerAssist',
        'answer',
        'approveAnswer',
        'rate',
      ],
    )
    assert.deepEqual(complained, [])
    await page.close()
  },
)
