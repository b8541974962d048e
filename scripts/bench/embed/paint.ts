import { median } from '../support/figures.ts'
import { peers } from './peers.ts'
import { loaderTag } from './portals.ts'
import { slowdown } from './trace.ts'
import type { Stage } from './stage.ts'

/*
 * From the moment when the browser begins to fetch the page's script until the frame in which what a visitor came for is
 * on the screen. All come from the same server, bundled by the same tools, with an empty cache, in a processor made
 * slower, in turns; the median of the rounds counts.
 *
 * Ours: the composer with its form, ready to be written in; the feed with diaries that the server answered with, after
 * a token of the portal. Peers show what they can show by themselves: Web Awesome a form of about the same fields, Uppy
 * its dashboard. What giscus and Cal.com show comes in a frame from their own servers, which are not asked: measured is
 * the empty frame in its place, and Cal.com's placeholder. That is their beginning, and no more than their loading face.
 */
const rounds = 9

interface Shown {
  name: string
  title: string
  html: string
  /** Selectors from shadow root to shadow root; all steps but the last are hosts. */
  path: readonly string[]
}

const page = (body: string, head: string) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>门户</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/widgets.css">${head}</head><body>${body}</body></html>`

const paths: Record<string, readonly string[]> = {
  giscus: ['giscus-widget', 'iframe'],
  calcom: ['cal-inline', '#skeleton, .loader, slot'],
  webawesome: ['wa-textarea', 'textarea'],
  uppy: ['.uppy-Dashboard-AddFiles-title'],
}

function pages(stage: Stage): Shown[] {
  const own = (name: string, title: string, path: readonly string[]) => ({
    name,
    title,
    path: [name, ...path],
    html: page(`<${name}></${name}>`, loaderTag(stage.cdn)),
  })
  const theirs = peers
    .filter(({ name }) => paths[name])
    .map(({ name, title, sheet }) => ({
      name,
      title,
      path: paths[name]!,
      html: page(
        '<div id="place"></div>',
        (sheet
          ? `<link rel="stylesheet" href="${stage.peers}${name}/styles/${sheet.split('/').pop()}">`
          : '') + `<script type="module" src="${stage.peers}${name}/${name}.js"></script>`,
      ),
    }))
  return [
    own('mq-diary-composer', 'our composer', ['textarea']),
    own('mq-diary-feed', 'our feed, its frame', ['*']),
    { ...own('mq-diary-feed', 'our feed, with diaries', ['[part~=card]']), name: 'feed' },
    ...theirs,
  ]
}

async function once(
  { browser, origin, peers: others, cdn }: Stage,
  { name, title, path }: Shown,
): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 850 } })
  try {
    const page = await context.newPage()
    // Hosts of others are not asked; nothing of them is part of what is measured.
    await page.route(
      (url) => ![origin, new URL(cdn).origin].includes(url.origin) && url.protocol.startsWith('http'),
      (route) => route.fulfill({ contentType: 'text/html', body: '' }),
    )
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.addInitScript((steps) => {
      const isThere = () => {
        let root: ParentNode | null | undefined = document
        for (const step of steps.slice(0, -1)) root = root?.querySelector(step)?.shadowRoot
        return [...(root?.querySelectorAll(steps.at(-1)!) ?? [])].some((one) => {
          const { width, height } = one.getBoundingClientRect()
          return width > 0 && height > 0 && getComputedStyle(one).visibility === 'visible'
        })
      }
      const painted = new Promise<number>((resolve) => {
        const frame = () => {
          if (!isThere()) return void requestAnimationFrame(frame)
          // This frame is drawn with it; the next begins when it has been.
          requestAnimationFrame(() => resolve(performance.now()))
        }
        requestAnimationFrame(frame)
      })
      Object.assign(globalThis, { painted })
    }, path)
    await page.goto(`${origin}/paint/${name}`, { waitUntil: 'commit' })
    const painted = page.evaluate(
      () =>
        (globalThis as unknown as { painted: Promise<number> }).painted.then((now) => {
          const scripts = performance
            .getEntriesByType('resource')
            .filter(({ name }) => /\/cdn\/.*\.js$/.test(name))
          return now - Math.min(...scripts.map(({ startTime }) => startTime))
        }),
      undefined,
    )
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`${title}: nothing is shown (${others})`)), 30_000).unref(),
    )
    return await Promise.race([painted, late])
  } finally {
    await context.close()
  }
}

/** Our composer's time as a share of what Web Awesome's form of about the same fields takes. The rest is told. */
export async function firstPaint(stage: Stage): Promise<number> {
  const all = pages(stage)
  for (const { name, html } of all) stage.put(`/paint/${name}`, html)
  const times = new Map(all.map(({ title }) => [title, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    for (const one of all) times.get(one.title)!.push(await once(stage, one))
  }
  const middle = (title: string) => median(times.get(title)!)
  const ours = middle('our composer')
  console.log('\nFrom the beginning of the script to the first useful paint:\n')
  for (const { title } of all) {
    const time = middle(title)
    console.log(
      `  ${title.padEnd(26)} ${time.toFixed(0).padStart(5)} ms   our composer takes ${(ours / time).toFixed(2)} of it`,
    )
  }
  return ours / middle('Web Awesome form')
}
