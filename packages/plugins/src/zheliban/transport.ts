import type { Transport } from '@minqing/elements/plugins'
import { fromEnvelope, toEnvelope } from '../internal/envelope.ts'
import type { Mgop, MgopCall } from './bridge.ts'

/** How the gateway finds our server. */
export interface Gateway extends Pick<MgopCall, 'api' | 'appKey' | 'host' | 'header'> {
  mgop: Mgop
}

const failure = (problem: unknown): TypeError => {
  const ret = (problem as { ret?: unknown } | null)?.ret
  const said = Array.isArray(ret) ? ret.join(', ') : problem instanceof Error ? problem.message : 'no answer'
  return new TypeError(`The gateway failed: ${said}`, { cause: problem })
}

function call({ mgop, ...how }: Gateway, data: unknown, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // mgop cannot be stopped; what it answers after the end goes nowhere
    const abort = () => reject(new DOMException('The request was aborted.', 'AbortError'))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    const settle = (act: () => void) => {
      signal.removeEventListener('abort', abort)
      act()
    }
    mgop({
      ...how,
      data,
      onSuccess: (answer) => settle(() => (answer ? resolve(answer.data) : reject(failure(answer)))),
      onFail: (problem) => settle(() => reject(failure(problem))),
    })
  })
}

/**
 * A `fetch` whose requests go through the gateway in envelopes. It rejects with a `TypeError` where `fetch` would for
 * want of a network, so that the outbox waits and tries again.
 */
export function gatewayTransport(gateway: Gateway): Transport {
  const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const envelope = await toEnvelope(request)
    return fromEnvelope(await call(gateway, envelope, request.signal))
  }
  return Object.assign(send, { streams: false })
}
