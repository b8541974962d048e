import { widgets } from './table.ts'

const loading = new Map<string, Promise<unknown>>()
/** Tags of the host that are not defined yet. Tags and not elements: those may be gone before the tag is defined. */
const awaited = new Set<string>()
let watched = new WeakSet<Node>()
let isWatching = false

/** Loads the code of a widget, once. */
function load(tag: string): Promise<unknown> {
  const known = loading.get(tag)
  if (known || customElements.get(tag)) return Promise.resolve(known)
  const promise = widgets[tag]!().catch((error: unknown) => {
    // Not remembered: the next sight of the tag, or the line coming back, tries again.
    loading.delete(tag)
    console.warn(`minqing: <${tag}> could not be loaded`, error)
  })
  loading.set(tag, promise)
  return promise
}

/** Looks at an element whose tag is not defined. */
function look({ localName: tag }: Element): void {
  if (widgets[tag]) void load(tag)
  // without a dash it is one of the browser's own that another class will extend
  else if (tag.includes('-') && !awaited.has(tag)) {
    // A host's own element may hold our widgets in a shadow root that it has not made yet.
    // Said by itself: the page goes on without it.
    if (tag.startsWith('mq-')) console.warn(`minqing: there is no widget <${tag}>.`)
    awaited.add(tag)
    void customElements.whenDefined(tag).then(() => {
      awaited.delete(tag)
      again()
    })
  }
}

const undefinedTags = ':not(:defined)'

/** Looks into the shadow root of a host's element. */
function within({ shadowRoot, localName }: Element): void {
  if (shadowRoot && !widgets[localName]) discover(shadowRoot)
}

/** Roots whose elements are still to be asked for shadow roots. */
let pending: ParentNode[] = []
/** The elements of the first of them, and how many have been asked. */
let elements: ArrayLike<Element> = []
let asked = 0
let isPlanned = false

/** Milliseconds of it at a time. */
const turnMs = 4

/**
 * No selector finds a shadow root, so each element is asked, and a host's page has thousands: that is done while the
 * browser is idle, some at a time.
 */
function plan(): void {
  if (isPlanned) return
  isPlanned = true
  // Safari has none.
  const whenIdle = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined
  if (whenIdle) whenIdle(walk, { timeout: 1000 })
  else setTimeout(walk)
}

function walk(): void {
  isPlanned = false
  const end = performance.now() + turnMs
  while (asked < elements.length || pending.length) {
    if (performance.now() > end) return plan()
    const element = elements[asked++]
    if (element) within(element)
    else {
      elements = pending.shift()!.querySelectorAll('*')
      asked = 0
    }
  }
  elements = []
}

function forget(): void {
  pending = []
  elements = []
}

const again = (): void => discover(document)

const observer = new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node instanceof Element) discover(node)
  }
})

/**
 * Loads what is used in and below the node: its own tags at once, those in shadow roots in it soon. A document or shadow
 * root is also watched from then on.
 */
export function discover(root: Document | ShadowRoot | Element): void {
  if (!isWatching) return
  if (root instanceof Element) {
    // not by `matches`, which old libraries put their own in the place of
    if (!customElements.get(root.localName)) look(root)
    within(root)
  } else if (!watched.has(root)) {
    watched.add(root)
    observer.observe(root, { childList: true, subtree: true })
  }
  // The browser finds them: a host's page has thousands of elements.
  root.querySelectorAll(undefinedTags).forEach(look)
  pending.push(root)
  plan()
}

/** Loads the code of widgets before their tags are there. Resolves when it is there, or could not be had. */
export async function preload(...tags: string[]): Promise<void> {
  const unknown: string[] = []
  const loaded = tags.map((tag) => (widgets[tag] ? load(tag) : Promise.resolve(unknown.push(tag))))
  if (unknown.length) console.warn(`minqing: there is no widget ${unknown.join(', ')} to preload.`)
  await Promise.all(loaded)
}

export function watch(): void {
  isWatching = true
  addEventListener('online', again)
  again()
}

export function unwatch(): void {
  isWatching = false
  removeEventListener('online', again)
  observer.disconnect()
  watched = new WeakSet()
  forget()
}
