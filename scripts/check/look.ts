import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { complaints } from '../../test/site/support.ts'
import { judgePage, type Seen } from './judge.ts'
import type { Bundler, Project } from './projects.ts'
import type { Report } from './report.ts'
import { policyFor, type Portal } from './serve.ts'

/** Gzipped bytes that a page may load at once for one name that it imports. */
const budgets = { client: 8_500, widget: 12_000 } as const
/** rollup alone makes nothing shorter. */
const unminified = 2

/** Policies that scripts of the page make: webpack's loads its parts. */
const policiesOf = (bundler: Bundler) => (bundler === 'webpack' ? ['lit-html', 'webpack'] : ['lit-html'])

/** Writes a diary with a photo, and waits until the feed of the same page shows both. */
async function writeDiary(page: Page): Promise<void> {
  const text = `空项目里写的日记 ${Date.now()}`
  const background = { r: 40, g: 120, b: 80 }
  const buffer = await sharp({ create: { width: 480, height: 320, channels: 3, background } })
    .jpeg()
    .toBuffer()
  await page.locator('mq-diary-feed article').first().waitFor()
  const composer = page.locator('mq-diary-composer')
  await composer.locator('.where').waitFor()
  await composer.locator('textarea').fill(text)
  await composer
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer })
  await composer.locator('[part~=photos] li[aria-busy=false]').waitFor()
  await composer.locator('[part~=publish]').click()
  const article = page.locator('mq-diary-feed article', { hasText: text })
  await article.waitFor()
  await article.scrollIntoViewIfNeeded()
  await article.locator('img[data-photo]').waitFor()
}

/** What the page with every entry shows. It may use whatever a page has, so that it can be run there. */
const seenOn = (page: Page, tags: readonly string[]): Promise<Omit<Seen, 'complaints' | 'litFiles'>> =>
  page.evaluate((names) => {
    const all = globalThis as unknown as Record<string, unknown[] | undefined>
    const shown = (tag: string) => document.querySelector(tag)?.shadowRoot?.childElementCount ?? 0
    return {
      lits: ['litHtmlVersions', 'litElementVersions', 'reactiveElementVersions'].map(
        (one) => all[one]?.length ?? 0,
      ),
      undefinedTags: names.filter((tag) => !customElements.get(tag)),
      emptyTags: names.filter((tag) => tag !== 'mq-scope' && shown(tag) === 0),
    }
  }, tags)

/** Files of a bundle that hold a Lit of their own, whether the page has loaded them or not. */
async function litFilesOf(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.js'))
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return files.filter((_, at) => texts[at]!.includes('litElementVersions'))
}

/** Opens the built pages of a project in Chromium and tells what is wrong with them. */
export async function lookAt(
  browser: Browser,
  {
    project,
    bundler,
    portal,
    server,
  }: { project: Project; bundler: Bundler; portal: Portal; server: string },
  report: Report,
): Promise<void> {
  portal.policy = policyFor(server, policiesOf(bundler))
  const { tags } = project
  for (const name of ['all', 'client', 'widget'] as const) {
    const page = await browser.newPage()
    const complained = complaints(page)
    portal.scripts.clear()
    try {
      const asked = new URLSearchParams({ server, persona: 'chen-village', tags: tags.join(' ') })
      await page.goto(`${portal.origin}/${name}/?${asked}`)
      await page.waitForFunction(() => 'entries' in globalThis)
      if (name === 'all') {
        await writeDiary(page)
        const litFiles = await litFilesOf(join(project.folder, 'built', name))
        const wrong = judgePage({ ...(await seenOn(page, tags)), complaints: complained, litFiles })
        report.tell(`${bundler}: every entry and widget works in Chromium, with one Lit`, wrong)
      } else {
        const bytes = [...portal.scripts]
          .filter(([path]) => path.startsWith(`/${name}/`))
          .reduce((sum, [, one]) => sum + one, 0)
        const most = budgets[name] * (bundler === 'rollup' ? unminified : 1)
        const wrong = bytes > most ? [`${bytes} bytes after gzip, more than ${most}: what came along?`] : []
        const what = name === 'client' ? 'createClient' : 'the class of one widget'
        report.tell(
          `${bundler}: ${what} alone`,
          [...wrong, ...complained],
          `${(bytes / 1000).toFixed(2)} KB gz`,
        )
      }
    } catch (error) {
      report.tell(`${bundler}: the page ${name} works in Chromium`, [String(error), ...complained])
    } finally {
      await page.close()
    }
  }
}
