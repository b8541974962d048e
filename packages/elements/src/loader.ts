import { begin } from './loader/start.ts'

export type { Minqing } from './loader/start.ts'

/**
 * The one-tag entry:
 *
 *     <script type="module" src="https://mq.example.gov.cn/cdn/0.1.0/loader.js" data-token-url="/mq-token"></script>
 *
 * It finds the page's `mq-*` tags, those in open shadow roots and those added later, and loads only the widgets used.
 * `data-base-url` (otherwise the origin that the loader came from), `data-token-url`, `data-locale`, `data-theme` and
 * a bare `data-elder` configure them all; `data-preload` names widgets whose tags come later, `data-plugins` the plugins
 * that the page uses.
 */
const { url } = import.meta
// A page mostly writes the whole address, and then the browser finds the tag among its scripts.
const own =
  document.querySelector<HTMLScriptElement>(`script[src="${CSS.escape(url)}"]`) ??
  [...document.querySelectorAll('script')].find(({ src }) => src === url)
// Copied: the tag may be gone when the page starts again.
const data = { ...own?.dataset }

/** Starts again after `minqing.destroy()`, with what the tag said. Does nothing while it runs. */
export const start = (): void => begin(data)

start()
