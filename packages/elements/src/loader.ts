import { configure, type Configuration, type Locale } from './configure.ts'
import { version } from './version.ts'

/**
 * The one-tag entry:
 *
 *     <script type="module" src="https://mq.example.gov.cn/cdn/0.1.0/loader.js" data-token-url="/mq-token"></script>
 *
 * It finds the page's `mq-*` tags, those in open shadow roots and those added later, and loads only the widgets used.
 * `data-base-url` (otherwise the origin that the loader came from), `data-token-url`, `data-locale`, `data-theme` and
 * a bare `data-elder` configure them all.
 */
const widgets: Record<string, () => Promise<unknown>> = {
  'mq-diary-composer': () => import('./define/mq-diary-composer.ts'),
  'mq-diary-feed': () => import('./define/mq-diary-feed.ts'),
  'mq-issue-tracker': () => import('./define/mq-issue-tracker.ts'),
  'mq-issue-report': () => import('./define/mq-issue-report.ts'),
  'mq-issue-status': () => import('./define/mq-issue-status.ts'),
  'mq-inbox': () => import('./define/mq-inbox.ts'),
}

const loading = new Map<string, Promise<unknown>>()
const watched = new WeakSet<Node>()

function load(tag: string): void {
  if (loading.has(tag) || customElements.get(tag)) return
  const promise = widgets[tag]!().catch((error: unknown) => {
    // Not remembered: the next sight of the tag, or the line coming back, tries again.
    loading.delete(tag)
    console.warn(`minqing: <${tag}> could not be loaded`, error)
  })
  loading.set(tag, promise)
}

function look(element: Element): void {
  const tag = element.localName
  if (widgets[tag]) load(tag)
  else if (element.shadowRoot) discover(element.shadowRoot)
  else if (tag.includes('-') && !customElements.get(tag)) {
    // A host's own element may hold our widgets in a shadow root that it has not made yet.
    void customElements.whenDefined(tag).then(() => element.shadowRoot && discover(element.shadowRoot))
  }
}

const observer = new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node instanceof Element) discover(node)
  }
})

/** Loads what is used in and below the node; a document or shadow root is also watched from then on. */
export function discover(root: Document | ShadowRoot | Element): void {
  if (root instanceof Element) look(root)
  else if (!watched.has(root)) {
    watched.add(root)
    observer.observe(root, { childList: true, subtree: true })
  }
  root.querySelectorAll('*').forEach(look)
}

const own = [...document.querySelectorAll('script')].find(({ src }) => src === import.meta.url)
const { baseUrl, tokenUrl, locale, theme, elder } = own?.dataset ?? {}
const said: Configuration = { baseUrl: baseUrl ?? new URL('/', import.meta.url).href }
if (tokenUrl) said.tokenUrl = tokenUrl
if (locale) said.locale = locale as Locale
if (theme) said.theme = theme as 'auto' | 'light' | 'dark'
if (elder !== undefined) said.elder = elder !== 'false'
configure(said)

declare global {
  /** For pages without modules: the same `configure` and `discover`. */
  var minqing: { version: string; configure: typeof configure; discover: typeof discover } | undefined
}
globalThis.minqing ??= { version, configure, discover }

addEventListener('online', () => discover(document))
discover(document)
