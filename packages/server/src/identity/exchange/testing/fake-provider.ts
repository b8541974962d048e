import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { NewSession } from '@minqing/core'
import type { ProviderOptions } from '../options.ts'

/** How a provider behaves: as documented, or as the network and its own faults make it. */
export type Mood = 'fine' | 'late' | 'huge' | 'redirect' | 'broken' | 'html' | 'nonsense' | 'gone'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What it answers with: a JSON body, and its status where that is not 200. */
export interface Answered {
  readonly status?: number
  readonly json: unknown
}

export interface FakeServer {
  readonly url: string
  mood: Mood
  /** Paths asked for, in order. */
  readonly asked: string[]
  /** How often the place was asked to which a redirect leads. */
  readonly elsewhere: () => number
  close(): Promise<void>
}

/** A provider as the tests see it. */
export interface FakeProvider extends FakeServer {
  readonly options: ProviderOptions
  /** What the host would hand over for somebody who has just signed in. */
  assertion(subject: string): Promise<Omit<NewSession, 'provider'>>
  /** One whose time is over. */
  expired(): Promise<Omit<NewSession, 'provider'>>
  /** One that is good, but for another application. */
  foreign(): Promise<Omit<NewSession, 'provider'>>
  /** Goes on taking assertions that were used, as a careless provider would. */
  careless: boolean
  /** What must stand in no log and no answer. */
  readonly secrets: readonly string[]
}

const huge = 'x'.repeat(64 * 1024)

async function misbehave(mood: Mood, response: ServerResponse, elsewhere: string): Promise<void> {
  switch (mood) {
    case 'late':
      return // the test's time limit ends first
    case 'huge':
      response.setHeader('content-type', 'application/json')
      for (let part = 0; part < 8 && !response.destroyed; part++) {
        if (!response.write(huge)) await once(response, 'drain').catch(() => undefined)
      }
      response.end()
      return
    case 'redirect':
      response.writeHead(307, { location: elsewhere }).end()
      return
    case 'broken':
      response.writeHead(502, { 'content-type': 'application/json' }).end('{}')
      return
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>请登录上网认证</p>')
      return
    case 'nonsense':
      response.writeHead(200, { 'content-type': 'application/json' }).end('[{"success":"yes","errcode":"0"}]')
      return
    default:
      response.destroy()
  }
}

/** Starts one that answers as `answer` says while it is in the mood. */
export async function startFake(answer: (asked: Asked) => Answered | Promise<Answered>): Promise<FakeServer> {
  let strayed = 0
  const stranger = createServer((_request, response) => {
    strayed++
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  stranger.unref()
  const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`
  const asked: string[] = []
  const fake: { mood: Mood } = { mood: 'fine' }
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://fake')
    asked.push(pathname)
    if (fake.mood !== 'fine') return misbehave(fake.mood, response, elsewhere)
    const { status = 200, json } = await answer({
      method: request.method!,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: await text(request),
    })
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // a test that fails before it closes this one must still end
  server.unref()
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    elsewhere: () => strayed,
    async close() {
      for (const one of [server, stranger]) {
        one.closeAllConnections()
        await new Promise((resolve) => one.close(resolve))
      }
    },
  })
}
