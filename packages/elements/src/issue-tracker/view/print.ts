import { now } from '../../internal/clock.ts'
import { render } from 'lit'
import { msg } from '../../internal/localize.ts'
import type { TrackerController } from '../model/controller.ts'
import type { Opened } from '../model/opened.ts'
import { sheet } from './sheet.ts'
import { sheetStyles } from './sheet.styles.ts'

/** Photos that have not come by then are left out of the sheet. */
const patienceMs = 8000

/** Resolves when the image is there, or will not come. */
const settled = (image: HTMLImageElement): Promise<unknown> =>
  image.complete
    ? Promise.resolve()
    : new Promise((resolve) => {
        image.addEventListener('load', resolve, { once: true })
        image.addEventListener('error', resolve, { once: true })
        setTimeout(resolve, patienceMs)
      })

/**
 * Prints one issue as a clean sheet, without the page around it: it is drawn into a frame of its own, which is gone
 * again after printing.
 */
export async function printSheet(
  controller: TrackerController,
  { issue, events = [] }: Opened,
): Promise<void> {
  if (!issue) return
  const frame = document.createElement('iframe')
  frame.title = msg('打印', { id: 'detail.print' })
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  // Away from the page, but laid out: what is not displayed is not printed.
  for (const [name, value] of [
    ['position', 'fixed'],
    ['left', '-10000px'],
    ['width', '794px'],
    ['height', '1123px'],
    ['border', '0'],
  ] as const)
    frame.style.setProperty(name, value)
  document.body.append(frame)
  const { contentWindow: page, contentDocument: paper } = frame
  if (!page || !paper) return frame.remove()
  try {
    // A sheet of styles belongs to the document that made it.
    const styles = new (page as Window & typeof globalThis).CSSStyleSheet()
    styles.replaceSync(sheetStyles.cssText)
    paper.adoptedStyleSheets = [styles]
    paper.documentElement.lang = document.documentElement.lang || 'zh-CN'
    paper.title = `${issue.number} ${issue.title}`
    const { photos } = await controller.client()
    const addresses = new Map<string, string>()
    for (const { id } of [...issue.photos, ...(issue.answer?.photos ?? [])])
      addresses.set(id, await photos.url(id, 'thumb').catch(() => ''))
    render(sheet(issue, events, controller.calendar, now(), addresses), paper.body)
    await Promise.all([...paper.images].map(settled))
    page.focus()
    page.print()
  } finally {
    // Some browsers print from the frame after the call has come back.
    setTimeout(() => frame.remove(), 60_000)
  }
}
