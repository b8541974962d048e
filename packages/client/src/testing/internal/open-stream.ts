import type { Call } from './call.ts'
import type { OpenStream } from './live-log.ts'

/** The server says this often that it is there; three times unheard, and the client comes back on another connection. */
const heartbeatMs = 15_000

/**
 * A body that is written to until its reader, its token or the server ends it.
 *
 * @param begin gets the way to write, and gives the way to stop
 */
export function openStream(
  call: Call,
  begin: (write: (text: string) => void) => () => void,
): ReadableStream<Uint8Array> {
  const { log, signal, session } = call
  const encoder = new TextEncoder()
  let leave = () => undefined as void
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      const stop = begin(write)
      const beat = setInterval(() => write(':\n\n'), heartbeatMs)
      const gone = () => stream.break(signal.reason)
      leave = () => {
        stop()
        clearInterval(beat)
        signal.removeEventListener('abort', gone)
        log.streams.delete(stream)
      }
      const stream: OpenStream = {
        until: session.expiresAt,
        end() {
          leave()
          write('retry: 100\n\n')
          controller.close()
        },
        break(error) {
          leave()
          controller.error(error)
        },
      }
      log.streams.add(stream)
      if (signal.aborted) gone()
      else signal.addEventListener('abort', gone)
    },
    cancel: () => leave(),
  })
}
