/** One event as it came over the wire. */
export interface Received {
  id: string
  event: string
  data: string
}

/** A reader of an event stream: real HTTP, no library between. */
export interface StreamReader {
  readonly status: number
  readonly headers: Headers
  readonly events: Received[]
  readonly lastId: string | undefined
  /** What `retry:` said last. */
  readonly retry: number | undefined
  readonly comments: number
  /** Resolves when the server ended it, rejects when the connection broke. */
  readonly ended: Promise<void>
  /** Waits until events of that type have come. */
  until(type: string, count?: number): Promise<Received[]>
  close(): void
}

class Reader implements StreamReader {
  readonly status: number
  readonly headers: Headers
  readonly events: Received[] = []
  lastId: string | undefined
  retry: number | undefined
  comments = 0
  readonly ended: Promise<void>
  readonly #controller: AbortController
  #check: () => void = () => undefined

  constructor(response: Response, controller: AbortController) {
    this.status = response.status
    this.headers = response.headers
    this.#controller = controller
    this.ended = this.#read(response.body!)
    this.ended.catch(() => undefined)
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = ''
    const decoder = new TextDecoder()
    for await (const bytes of body) {
      text += decoder.decode(bytes, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) this.#take(block)
      this.#check()
    }
  }

  #take(block: string): void {
    const event: Received = { id: '', event: '', data: '' }
    for (const line of block.split('\n')) {
      const at = line.indexOf(':')
      const [name, value] = [line.slice(0, at), line.slice(at + 1).trim()]
      if (name === '') this.comments++
      else if (name === 'retry') this.retry = Number(value)
      else event[name as keyof Received] = value
    }
    if (event.id) this.lastId = event.id
    if (event.event) this.events.push(event)
  }

  until(type: string, count = 1): Promise<Received[]> {
    return new Promise((resolve, reject) => {
      const found = () => this.events.filter(({ event }) => event === type)
      const timer = setTimeout(() => {
        reject(new Error(`only ${found().length} of ${count} ${type} came`))
      }, 10_000)
      this.#check = () => {
        if (found().length < count) return
        clearTimeout(timer)
        resolve(found())
      }
      this.#check()
    })
  }

  close(): void {
    this.#controller.abort()
  }
}

export async function openStream(
  url: string,
  options: { token: string; lastEventId?: string },
): Promise<StreamReader> {
  const controller = new AbortController()
  const response = await fetch(url, {
    signal: controller.signal,
    headers: {
      authorization: `Bearer ${options.token}`,
      ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
    },
  })
  return new Reader(response, controller)
}
