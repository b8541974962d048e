import { dayMs, type Calendar } from '@minqing/core'
import { sleep } from '../internal/abort.ts'
import { defaultAreas } from './defaults/areas.ts'
import { defaultCatalogue, fillCatalogue } from './defaults/catalogue.ts'
import { createClock } from './internal/clock.ts'
import { Faults } from './internal/faults.ts'
import { listen } from './internal/listen.ts'
import { LiveLog } from './internal/live-log.ts'
import { createPipeline, type Asked } from './internal/pipeline.ts'
import { State } from './internal/state.ts'
import { runClocks } from './internal/ticks.ts'
import { createTokens } from './internal/tokens.ts'
import type { TestCall, TestServer, TestServerOptions } from './types.ts'

/** Saturdays and Sundays are off. */
const weekends: Calendar = { isWorkingDay: (day) => ![0, 6].includes(new Date(day).getUTCDay()) }

/** What `fetch` rejects with where there is no network. */
const noNetwork = () => new TypeError('Failed to fetch')

async function toAsked(base: string, input: RequestInfo | URL, init?: RequestInit): Promise<Asked> {
  const request = new Request(input instanceof Request ? input : new URL(input, `${base}/`), init)
  const { pathname, searchParams } = new URL(request.url)
  const { method, headers, signal } = request
  const at = pathname.lastIndexOf('/v1/')
  const bytes = new Uint8Array(await request.arrayBuffer())
  return { method, path: pathname.slice(Math.max(0, at)), search: searchParams, headers, signal, bytes }
}

/**
 * Makes a server of 民情日记 in memory, for a portal's own tests: the same operations, shapes, rights and rules as the
 * reference server, without a database, a port or a network.
 *
 * ```ts
 * const server = createTestServer({
 *   people: { officer: { name: '陈立军', grants: [{ role: 'villageOfficer', area: '330683100201' }] } },
 * })
 * const mq = createClient({
 *   baseUrl: server.baseUrl,
 *   fetch: server.fetch,
 *   getToken: server.getToken('officer'),
 * })
 * ```
 *
 * @throws TypeError when `now` is no moment
 */
export function createTestServer<Name extends string>(options: TestServerOptions<Name>): TestServer<Name> {
  const baseUrl = (options.baseUrl ?? 'https://minqing.test').replace(/\/+$/, '')
  const areas = options.areas ?? defaultAreas
  const clock = createClock(options.now)
  const state = new State(areas)
  fillCatalogue(state, options.catalogue ?? defaultCatalogue(areas))
  const log = new LiveLog(state.journal)
  const tokens = createTokens(clock.now)
  const faults = new Faults()
  const desk = {
    ...{ state, log, calendar: options.calendar ?? weekends },
    anonymousReports: options.anonymousReports ?? true,
  }
  const handle = createPipeline({ desk, clock, tokens, faults })
  const calls: TestCall[] = []
  const opened = new Set<() => Promise<void>>()

  const fetcher = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const asked = await toAsked(baseUrl, input, init)
    const { method, search, signal } = asked
    const query = search.toString()
    const note = (rest: Partial<TestCall>) =>
      calls.push({
        ...{ operation: undefined, person: undefined, body: undefined, code: undefined, status: 0, ...rest },
        ...{ method, path: asked.path + (query ? `?${query}` : ''), at: new Date(clock.now()) },
      })
    if (faults.latencyMs > 0) await sleep(faults.latencyMs, signal)
    if (signal.aborted || faults.offline) {
      note({})
      throw signal.aborted ? (signal.reason as Error) : noNetwork()
    }
    const { response, notes } = await handle(asked)
    note({ ...notes, status: response.status })
    return response
  }

  const endStreams = (over: (until: number) => boolean) => {
    for (const stream of [...log.streams]) if (over(stream.until)) stream.end()
  }

  const personOf = (name: Name) => {
    const person = Object.hasOwn(options.people, name) ? options.people[name] : undefined
    if (!person) throw new RangeError(`there is nobody named ${name} in people`)
    return person
  }

  const token: TestServer<Name>['token'] = (name, { lifeSeconds = 600 } = {}) =>
    tokens.issue(name, personOf(name), lifeSeconds)

  return {
    baseUrl,
    fetch: fetcher,
    calls,
    token,
    now: () => new Date(clock.now()),
    getToken: (name) => {
      personOf(name)
      return () => token(name)
    },
    tick(ms) {
      if (!(ms >= 0 && ms <= 3660 * dayMs)) throw new RangeError(`tick: ${ms} ms is no time that can pass`)
      const done = runClocks(desk, clock, clock.now() + ms)
      endStreams((until) => until <= clock.now())
      return done
    },
    fail: (operation, problem, how) => faults.fail(operation, problem, how),
    answer: (operation, answer) => faults.answer(operation, answer),
    offline(off) {
      faults.offline = off
      if (off) for (const stream of [...log.streams]) stream.break(noNetwork())
    },
    latency(ms) {
      faults.latencyMs = ms
    },
    async listen(port = 0) {
      const server = await listen(fetcher, port)
      opened.add(server.close)
      const close = async () => {
        if (opened.delete(server.close)) await server.close()
      }
      return { url: server.url, close }
    },
    async close() {
      endStreams(() => true)
      await Promise.all([...opened].map((close) => close()))
      opened.clear()
    },
  }
}
