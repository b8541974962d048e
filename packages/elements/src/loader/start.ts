import { configure, destroy as sleep, type Configuration, type Locale } from '../configure.ts'
import type { stopPlugins } from '../plugins.ts'
import { version } from '../version.ts'
import { discover, preload, unwatch, watch } from './watch.ts'

/** The one global: what pages without modules of their own use. */
export interface Minqing {
  readonly version: string
  /** Says how all widgets reach the server and how they look; again at any time. */
  configure(configuration: Configuration): void
  /** Loads what is used in and below the node. Seldom needed: the page is watched. */
  discover(root: Document | ShadowRoot | Element): void
  /** Loads the code of widgets before their tags are there: `minqing.preload('mq-inbox', 'mq-diary-feed')`. */
  preload(...tags: string[]): Promise<void>
  /**
   * Uses a plugin of the same folder: `minqing.usePlugin('watermark', { text: '陈立军 3071' })`. Resolves when it has
   * started, with the way to stop it; one that there is not, or that fails, is told in the console.
   */
  usePlugin(name: string, options?: object): Promise<() => Promise<void>>
  /**
   * Takes all down: widgets end what they have open and show nothing, plugins stop, nobody looks for tags any more,
   * this global is gone. Tags stay where they are, and come back to life when the loader starts again.
   */
  destroy(): void
}

declare global {
  var minqing: Minqing | undefined
}

/** What a page may have put into the global's place before the loader came: what it would call, and with what. */
interface Waiting {
  version?: string
  queue?: (Configuration | Parameters<Minqing['usePlugin']>)[]
}

/** The folder's own: they import the registry from the same chunk as the widgets do. */
interface Plugins {
  usePlugin: Minqing['usePlugin']
  stopPlugins: typeof stopPlugins
}
/** Absent until the first plugin is wanted. */
let plugins: Promise<Plugins> | undefined
/** A page that starts again at once waits for the plugins of before to go. */
let stopping: Promise<void> | undefined

// By its address, since plugins stand on the widgets and nothing here may import them.
const loadPlugins = (): Promise<Plugins> =>
  (plugins ??= import(new URL('plugins.js', import.meta.url).href) as Promise<Plugins>)

/** Of the folder that this comes from. Cut out, since making a URL object is slow and this runs while a page loads. */
const origin = `${import.meta.url.split('/', 3).join('/')}/`

function read(data: DOMStringMap): Configuration {
  const { baseUrl, tokenUrl, locale, theme, elder } = data
  const said: Configuration = { baseUrl: baseUrl ?? origin }
  if (tokenUrl) said.tokenUrl = tokenUrl
  if (locale) said.locale = locale as Locale
  if (theme) said.theme = theme as 'auto' | 'light' | 'dark'
  if (elder !== undefined) said.elder = elder !== 'false'
  return said
}

/**
 * Starts with what the loader's tag says, and then what waited in `minqing.queue`. Does nothing on a page where the
 * loader has started already; one of another version is told, once.
 */
export function begin(data: DOMStringMap): void {
  const there = globalThis.minqing as Waiting | undefined
  if (there?.version) {
    if (there.version !== version) warn(there.version)
    return
  }
  const own: Minqing = {
    version,
    // Kept by a page beyond destroy(), they do nothing.
    configure: (configuration) => {
      if (globalThis.minqing === own) configure(configuration)
    },
    discover,
    preload,
    async usePlugin(...named) {
      try {
        const { usePlugin } = await loadPlugins()
        await stopping
        if (globalThis.minqing === own) return await usePlugin(...named)
      } catch (error) {
        plugins = undefined
        console.warn('minqing: plugins could not be loaded', error)
      }
      return async () => undefined
    },
    destroy() {
      if (globalThis.minqing !== own) return
      unwatch()
      stopping = plugins?.then(({ stopPlugins }) => stopPlugins()).catch(() => undefined)
      // A page that wrote `var minqing` cannot be rid of the name, but of what it holds.
      if (!Reflect.deleteProperty(globalThis, 'minqing')) globalThis.minqing = undefined
      sleep()
    },
  }
  globalThis.minqing = own
  const configuration = read(data)
  for (const said of there?.queue ?? []) {
    if (Array.isArray(said)) void own.usePlugin(...said)
    else Object.assign(configuration, said)
  }
  configure(configuration)
  watch()
  const { preload: ahead, plugins: named } = data
  if (ahead) void preload(...words(ahead))
  if (named) words(named).forEach((name) => void own.usePlugin(name))
}

/** As the browser splits a list of classes: making a pattern for it is slow, and this runs while a page loads. */
const words = (list: string): string[] => [
  ...Object.assign(document.createElement('i'), { className: list }).classList,
]

let warned = false
function warn(first: string): void {
  if (!warned)
    console.warn(`minqing: version ${first} runs on this page already; version ${version} was not started.`)
  warned = true
}
