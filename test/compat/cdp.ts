import { tellViolations, type Driver } from './driver.ts'

interface Message {
  id?: number
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { message: string }
}

/** The debugging protocol by hand: today's libraries ask of a browser what one of 2020 does not know. */
export class Session {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (message: Message) => void>()
  #last = 0
  #session: string | undefined
  onEvent: (method: string, params: Record<string, unknown>) => void = () => undefined

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message
      if (message.id !== undefined) this.#waiting.get(message.id)?.(message)
      else if (message.method) this.onEvent(message.method, message.params ?? {})
    })
  }

  static async open(address: string): Promise<Session> {
    const socket = new WebSocket(address)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true })
      socket.addEventListener('error', () => reject(new Error(`cannot reach ${address}`)), { once: true })
    })
    return new Session(socket)
  }

  async send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#last
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve))
    const session = this.#session === undefined ? {} : { sessionId: this.#session }
    this.#socket.send(JSON.stringify({ id, method, params, ...session }))
    const { result, error } = await answer
    this.#waiting.delete(id)
    if (error) throw new Error(`${method}: ${error.message}`)
    return result ?? {}
  }

  /** From now on it speaks with a page of its own, if need be in a profile of its own. */
  async openPage(context: { browserContextId?: unknown } = {}): Promise<void> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', ...context })
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true })
    this.#session = sessionId as string
  }

  close(): void {
    this.#socket.close()
  }
}

interface Thrown {
  exceptionDetails: { text: string; exception?: { description?: string; value?: unknown } }
}

const sayThrown = ({ exceptionDetails: { text, exception } }: Thrown): string =>
  exception?.description ?? `${text} ${JSON.stringify(exception?.value)}`

function complaintOf(method: string, params: Record<string, unknown>): string | undefined {
  if (method === 'Runtime.exceptionThrown') return sayThrown(params as unknown as Thrown)
  if (method === 'Log.entryAdded') {
    const { level, text, url } = params['entry'] as { level: string; text: string; url?: string }
    return level === 'error' ? `${text} (${url ?? ''})` : undefined
  }
  if (method === 'Runtime.consoleAPICalled' && params['type'] === 'error')
    return JSON.stringify(params['args'])
  return undefined
}

/** A page of the browser at that address; `end` ends the browser. */
export async function connect(address: string, end: () => Promise<void>): Promise<Driver> {
  const session = await Session.open(address)
  const { product } = (await session.send('Browser.getVersion')) as { product: string }
  await session.openPage()
  const complaints: string[] = []
  let loaded: () => void = () => undefined
  session.onEvent = (method, params) => {
    const complaint = complaintOf(method, params)
    if (complaint) complaints.push(complaint)
    if (method === 'Page.loadEventFired') loaded()
  }
  for (const domain of ['Page', 'Runtime', 'Log']) await session.send(`${domain}.enable`)
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: tellViolations })
  return {
    version: product.replace(/^(Headless)?Chrome\//, 'Chromium '),
    complaints,
    async goto(url) {
      const load = new Promise<void>((resolve) => (loaded = resolve))
      await session.send('Page.navigate', { url })
      await load
    },
    async evaluate<T>(expression: string): Promise<T> {
      const answer = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })
      if ('exceptionDetails' in answer) throw new Error(sayThrown(answer as unknown as Thrown))
      return (answer['result'] as { value: T }).value
    },
    async close() {
      session.close()
      await end()
    },
  }
}
