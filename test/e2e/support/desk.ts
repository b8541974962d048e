import type { Locator, Page } from 'playwright-core'
import type { PersonName } from './host.ts'
import type { Device, World } from './world.ts'

/** Somebody at the tracker, in a browser of their own. */
export interface Desk {
  readonly page: Page
  readonly tracker: Locator
  /** Looks the issue up by a word of its text and opens it. */
  openIssue(word: string): Promise<void>
  /** Does an action by its form: opens it, lets `fill` fill it in, sends it, and waits until the form is gone. */
  act(deed: string, fill?: (form: Form) => Promise<void>): Promise<void>
  /** The same, refused with a sentence; then leaves the form. */
  refused(deed: string, sentence: string, fill?: (form: Form) => Promise<void>): Promise<void>
  /** The names of all actions that are offered now. */
  offered(): Promise<string[]>
  /** Waits until the opened issue shows this state. */
  inState(name: string): Promise<void>
}

/** A form of the tracker, filled in as a person would. */
export interface Form {
  readonly dialog: Locator
  write(field: string, text: string): Promise<void>
  select(field: string, value: string): Promise<void>
  /** Chooses a category level by level: `01`, `0103`, `010302`. */
  category(code: string): Promise<void>
  choose(field: string, name: string): Promise<void>
  /** Chooses a day of the month view: `2026-03-13`. */
  day(field: string, day: string): Promise<void>
}

const widgets = '<mq-inbox></mq-inbox><mq-issue-tracker></mq-issue-tracker>'

function formOf(dialog: Locator): Form {
  const question = (field: string) => dialog.locator(`[data-field="${field}"]`)
  return {
    dialog,
    write: (field, text) => question(field).locator('textarea, input').first().fill(text),
    async select(field, value) {
      await question(field).locator('select').selectOption(value)
    },
    async category(code) {
      for (let length = 2; length <= code.length; length += 2) {
        await question('category')
          .locator('select')
          .nth(length / 2 - 1)
          .selectOption(code.slice(0, length))
      }
    },
    choose: (field, name) => question(field).locator('label', { hasText: name }).first().click(),
    async day(field, day) {
      await question(field).locator('.day-button').click()
      const cell = question(field).locator(`[data-day="${day}"]`)
      for (let month = 0; month < 12 && !(await cell.isVisible()); month++)
        await question(field).getByRole('button', { name: '下个月' }).click()
      await cell.click()
    },
  }
}

/** Opens the tracker of a portal as somebody. */
export async function openDesk(world: World, device: Device, as: PersonName): Promise<Desk> {
  const page = await device.browser.context.newPage()
  await page.goto(world.host.page(as, widgets))
  const tracker = page.locator('mq-issue-tracker')
  const actions = tracker.locator('.actions')
  const search = tracker.locator('input[type=search]').first()
  await search.waitFor()

  const unfold = async () => {
    const more = actions.locator('.more')
    if ((await more.count()) > 0 && (await more.getAttribute('aria-expanded')) === 'false') await more.click()
  }
  const dialog = tracker.locator('dialog[open]')
  const begin = async (deed: string, fill?: (form: Form) => Promise<void>) => {
    const button = actions.locator(`[data-deed="${deed}"]`)
    await actions.waitFor()
    if ((await button.count()) === 0) await unfold()
    await button.click()
    await dialog.waitFor()
    await fill?.(formOf(dialog))
    await dialog.locator('[type=submit]').click()
  }
  return {
    page,
    tracker,
    async openIssue(word) {
      await search.fill(word)
      await search.press('Enter')
      await tracker.locator('[part~="row"] .open', { hasText: word }).first().click()
      await tracker.locator('.detail h2', { hasText: word }).waitFor()
    },
    async act(deed, fill) {
      await begin(deed, fill)
      let isGone = false
      const gone = dialog.waitFor({ state: 'detached' }).then(() => (isGone = true))
      // The clock or a colleague was quicker: the form says so, and a person sends it once more. Not a later form:
      // this one may be gone when the words appear.
      const again = dialog.getByText('请核对后再次提交').waitFor()
      const sendAgain = again.then(() => (isGone ? undefined : dialog.locator('[type=submit]').click()))
      sendAgain.catch(() => undefined)
      await Promise.race([gone, sendAgain])
      await gone
    },
    async refused(deed, sentence, fill) {
      await begin(deed, fill)
      await dialog.getByRole('alert').getByText(sentence).waitFor()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    },
    async offered() {
      await unfold()
      const found = await actions
        .locator('[data-deed]')
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['deed']!))
      return found.sort()
    },
    inState: (name) => tracker.locator('.detail .badge', { hasText: name }).first().waitFor(),
  }
}
