import { pathOf, routes } from '@minqing/core/wire'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { clientError, errorOfAnswer } from '../errors.ts'
import type { LiveMessage, LiveReset } from '../types.ts'
import { abortable } from './abort.ts'
import { withToken, type Caller } from './caller.ts'

export interface StreamEvents {
  onOpen(): void
  onId(id: string): void
  onRetry(ms: number): void
  onEvent(event: LiveMessage | LiveReset): void
}

/** The server sends a comment every 15 seconds; three missed ones mean that the connection is dead. */
const silentMs = 45_000
const answerMs = 20_000

/**
 * Reads the event stream until the server ends it. Rejects when it cannot be opened or breaks.
 *
 * @param controller ends the reading from outside (rejects with `aborted`), and is aborted when the stream goes silent
 */
export async function readStream(
  caller: Caller,
  area: string,
  lastEventId: string | undefined,
  controller: AbortController,
  events: StreamEvents,
): Promise<void> {
  let silent = false
  let watchdog: ReturnType<typeof setTimeout> | undefined
  const expect = (ms: number) => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => {
      silent = true
      controller.abort()
    }, ms)
  }
  try {
    expect(answerMs)
    const opened = withToken(caller.tokens, (token) =>
      open(caller, area, lastEventId, token, controller.signal),
    )
    // The host's getToken knows nothing of our signal, and may hang on a bad network.
    const response = await abortable(opened, controller.signal)
    events.onOpen()
    expect(silentMs)
    await read(response, area, events, () => expect(silentMs))
  } catch (error) {
    if (silent) throw clientError('timeout', error)
    if (controller.signal.aborted) throw clientError('aborted', error)
    // fetch() and a broken stream reject with a TypeError.
    throw error instanceof TypeError ? clientError('offline', error) : error
  } finally {
    clearTimeout(watchdog)
    controller.abort()
  }
}

async function open(
  caller: Caller,
  area: string,
  lastEventId: string | undefined,
  token: string,
  signal: AbortSignal,
): Promise<Response> {
  const url = `${caller.baseUrl}${pathOf(routes.live.stream)}?area=${encodeURIComponent(area)}`
  const headers: Record<string, string> = {
    accept: 'text/event-stream',
    'accept-language': caller.locale,
    authorization: `Bearer ${token}`,
  }
  if (lastEventId !== undefined) headers['last-event-id'] = lastEventId
  const response = await caller.fetch(url, { headers, signal, cache: 'no-store', credentials: 'omit' })
  const type = response.headers.get('content-type') ?? ''
  if (response.ok && type.startsWith('text/event-stream')) return response
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) throw clientError('bad_response')
  throw errorOfAnswer(response.status, body, response.headers.get('retry-after'))
}

async function read(
  response: Response,
  area: string,
  events: StreamEvents,
  onBytes: () => void,
): Promise<void> {
  const parser = createParser({
    onEvent: (message) => {
      const event = toEvent(message, area)
      if (event) events.onEvent(event)
    },
    onId: (id) => events.onId(id),
    onRetry: (ms) => events.onRetry(ms),
  })
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onBytes()
    parser.feed(decoder.decode(value, { stream: true }))
  }
}

/** `undefined` for what only carries an id (`ready`), and for what is not ours: a proxy may write into the stream. */
function toEvent({ event, id, data }: EventSourceMessage, area: string): LiveMessage | LiveReset | undefined {
  if (event === 'reset') return { type: 'reset', area }
  try {
    const message = JSON.parse(data) as Partial<LiveMessage> | null
    return message?.type ? ({ ...message, id: id ?? '' } as LiveMessage) : undefined
  } catch {
    return undefined
  }
}
