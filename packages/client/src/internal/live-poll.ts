import { routes, type MissedEvents } from '@minqing/core/wire'
import { clientError } from '../errors.ts'
import type { LiveMessage } from '../types.ts'
import { sleep } from './abort.ts'
import type { Caller } from './caller.ts'
import type { StreamEvents } from './live-stream.ts'

/** From one answer to the next question. */
const everyMs = 5_000

/**
 * What `readStream` does, for a line that cannot stream: asks the same log again and again. The ids are those of the
 * stream, so a page may go over from one to the other. Ends only by rejecting.
 */
export async function pollEvents(
  caller: Caller,
  area: string,
  lastEventId: string | undefined,
  controller: AbortController,
  events: StreamEvents,
): Promise<void> {
  const { signal } = controller
  let after = lastEventId
  for (let isFirst = true; ; isFirst = false) {
    const answer = (await caller.call(routes.live.missed, { area, after }, { signal })) as MissedEvents
    if (isFirst) events.onOpen()
    if (answer.reset) events.onEvent({ type: 'reset', area })
    for (const { id, event } of answer.events) events.onEvent({ ...event, id } as LiveMessage)
    after = answer.last
    events.onId(after)
    await sleep(everyMs, signal)
    if (signal.aborted) throw clientError('aborted')
  }
}
