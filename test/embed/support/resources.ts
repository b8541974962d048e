/** What a page holds beyond its nodes and listeners, counted from its first moment on. */
export interface Resources {
  databases: number
  channels: number
  timers: number
  locks: number
}

declare global {
  var resources: (() => Promise<Resources>) | undefined
  /** Adds a script to the page as an old portal does, and waits for it. */
  var addScript: ((src: string, attributes: Record<string, string>) => Promise<void>) | undefined
}

/** Runs in the page before everything else: counts what is opened and not closed. Hidden from `Object.keys`. */
export function watchResources(): void {
  const databases = new Set<IDBDatabase>()
  const channels = new Set<BroadcastChannel>()
  const timers = new Set<number>()

  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = function (...named) {
    const request = open.apply(this, named)
    request.addEventListener('success', () => databases.add(request.result))
    return request
  }
  const closeDatabase = IDBDatabase.prototype.close
  IDBDatabase.prototype.close = function () {
    databases.delete(this)
    closeDatabase.call(this)
  }

  const Channel = BroadcastChannel
  const closeChannel = Channel.prototype.close
  Channel.prototype.close = function () {
    channels.delete(this)
    closeChannel.call(this)
  }
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name: string) {
      super(name)
      channels.add(this)
    }
  }

  const { setTimeout: set, clearTimeout: clear, setInterval: every, clearInterval: clearEvery } = window
  const start = (work: TimerHandler, ms?: number, ...more: unknown[]): number => {
    const id: number = set(() => {
      timers.delete(id)
      if (typeof work === 'function') (work as (...all: unknown[]) => void)(...more)
    }, ms)
    timers.add(id)
    return id
  }
  const repeat = (work: TimerHandler, ms?: number, ...more: unknown[]): number => {
    const id: number = every(work, ms, ...more)
    timers.add(id)
    return id
  }
  const end = (how: (id?: number) => void) => (id?: number) => {
    timers.delete(id!)
    how(id)
  }
  Object.assign(window, { setTimeout: start, setInterval: repeat })
  Object.assign(window, { clearTimeout: end(clear), clearInterval: end(clearEvery) })

  const resources = async (): Promise<Resources> => {
    const { held = [], pending = [] } = await navigator.locks.query()
    const locks = held.length + pending.length
    return { databases: databases.size, channels: channels.size, timers: timers.size, locks }
  }
  Object.defineProperty(globalThis, 'resources', { value: resources })

  const { trustedTypes } = globalThis as unknown as {
    trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): unknown } }
  }
  const policy = trustedTypes.createPolicy('portal', { createScriptURL: (url: string) => url })
  const addScript = (src: string, attributes: Record<string, string>) =>
    new Promise<void>((resolve) => {
      const script = document.createElement('script')
      for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value)
      script.onload = () => {
        script.onload = null
        script.remove()
        resolve()
      }
      script.src = policy.createScriptURL(src) as string
      document.head.append(script)
    })
  Object.defineProperty(globalThis, 'addScript', { value: addScript })
}
