import type { ServerResponse } from 'node:http'

/** Bytes that may wait for a slow reader; beyond that they are cut off, and catch up when they come back. */
const mostBuffered = 1024 * 1024

/** One `text/event-stream` answer. Writing after its end does nothing. */
export class EventStream {
  readonly #raw: ServerResponse
  readonly #heartbeat: NodeJS.Timeout

  constructor(raw: ServerResponse, options: { headers: Record<string, unknown>; heartbeatMs: number }) {
    this.#raw = raw
    raw.writeHead(200, {
      ...(options.headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // an ended stream would otherwise leave an idle connection behind, for which a shutdown waits
      connection: 'close',
      // nginx would hold events back otherwise
      'x-accel-buffering': 'no',
    })
    // without this the last bytes of an event may wait for more to come
    raw.socket?.setNoDelay(true)
    this.#heartbeat = setInterval(() => this.#write(':\n\n'), options.heartbeatMs)
    this.#heartbeat.unref()
    raw.once('close', () => clearInterval(this.#heartbeat))
  }

  get open(): boolean {
    return !this.#raw.writableEnded && !this.#raw.destroyed
  }

  /** `data` is JSON and so holds no line break. */
  send(event: { id: string; type: string; data: string }): void {
    this.#write(`id: ${event.id}\nevent: ${event.type}\ndata: ${event.data}\n\n`)
  }

  /** Ends it and tells the reader after how many milliseconds to come back. */
  end(retryMs: number): void {
    this.#write(`retry: ${retryMs}\n\n`)
    if (this.open) this.#raw.end()
  }

  #write(text: string): void {
    if (!this.open) return
    if (this.#raw.writableLength + text.length > mostBuffered) this.#raw.destroy()
    else this.#raw.write(text)
  }
}
