import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import type { AppInput } from '../../config.ts'
import { testVillage, type TokenInput } from '../../testing/tokens.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The problem's code, when the body is one. */
  readonly code: string | undefined
  /** Bytes of the body that went out before the answer was complete. */
  readonly sent: number
}

interface Sending {
  method: string
  path: string
  headers?: Record<string, string>
  /** Pieces of the body; an iterable of any length. */
  body?: Iterable<Buffer> | AsyncIterable<Buffer>
  /** Breaks the connection once so many bytes are out. */
  breakAfter?: number
}

/** A sender of uploads over real HTTP, careless on request. */
export interface Uploader {
  readonly test: TestApp
  readonly url: string
  send(sending: Sending, as?: TokenInput): Promise<Answer>
  /** Announces an upload. */
  create(
    photo: { id?: string; length: number; area?: string },
    as?: TokenInput,
  ): Promise<Answer & { id: string }>
  append(id: string, offset: number, bytes: Buffer, as?: TokenInput): Promise<Answer>
  head(id: string, as?: TokenInput): Promise<Answer>
  /** Announces and sends it all. Answers what came last. */
  upload(
    bytes: Buffer,
    options?: { id?: string; area?: string; as?: TokenInput },
  ): Promise<Answer & { id: string }>
  close(): Promise<void>
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
const codeOf = (body: string): string | undefined => {
  try {
    return (JSON.parse(body) as { code?: string }).code
  } catch {
    return undefined
  }
}

function exchange(url: string, sending: Sending): Promise<Answer> {
  const { method, path, headers = {}, body, breakAfter = Infinity } = sending
  return new Promise((resolve, reject) => {
    let sent = 0
    let answered = false
    const request = httpRequest(url + path, { method, headers, agent: false })
    request.on('error', (error) => (answered ? undefined : reject(error)))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        answered = true
        const text = Buffer.concat(chunks).toString()
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: text,
          code: codeOf(text),
          sent,
        })
        request.destroy()
      })
    })
    const closed = once(request, 'close')
    closed.catch(() => undefined)
    const pump = async () => {
      for await (const piece of body ?? []) {
        if (answered || request.destroyed) return
        sent += piece.length
        if (!request.write(piece)) await Promise.race([once(request, 'drain'), closed])
        if (sent >= breakAfter) return void request.destroy(new Error('connection broken'))
      }
      request.end()
    }
    pump().catch(reject)
  })
}

export async function startUploader(options: Partial<AppInput> = {}): Promise<Uploader> {
  const test = await createTestApp(options)
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`

  const send: Uploader['send'] = async (sending, as = {}) =>
    exchange(url, {
      ...sending,
      headers: {
        authorization: `Bearer ${await test.signer.sign(as)}`,
        'tus-resumable': '1.0.0',
        ...sending.headers,
      },
    })

  const create: Uploader['create'] = async ({ id = randomUUID(), length, area = testVillage }, as) => {
    const metadata = `photo ${base64(id)},area ${base64(area)},filetype ${base64('image/jpeg')}`
    const headers = { 'upload-length': String(length), 'upload-metadata': metadata }
    return { ...(await send({ method: 'POST', path: '/v1/uploads', headers }, as)), id }
  }

  const append: Uploader['append'] = (id, offset, bytes, as) =>
    send(
      {
        method: 'PATCH',
        path: `/v1/uploads/${id}`,
        headers: {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
          'content-length': String(bytes.length),
        },
        body: [bytes],
      },
      as,
    )

  return {
    test,
    url,
    send,
    create,
    append,
    head: (id, as) => send({ method: 'HEAD', path: `/v1/uploads/${id}` }, as),
    async upload(bytes, { id, area, as } = {}) {
      const created = await create(
        { length: bytes.length, ...(id ? { id } : {}), ...(area ? { area } : {}) },
        as,
      )
      if (created.status !== 201) return created
      return { ...(await append(created.id, 0, bytes, as)), id: created.id }
    },
    close: () => test.close(),
  }
}
