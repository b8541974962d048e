/** The parts of `node:http` that are used; the kit runs in browsers, too, and so brings no types of Node. */
interface NodeRequest extends AsyncIterable<Uint8Array<ArrayBuffer>> {
  readonly method?: string
  readonly url?: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}
interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): void
  write(part: Uint8Array): void
  end(): void
  destroy(): void
  on(event: 'close', listener: () => void): void
}
interface NodeServer {
  listen(port: number, host: string, done: () => void): void
  once(event: 'error', listener: (error: Error) => void): void
  address(): { port: number }
  close(done: () => void): void
  closeAllConnections(): void
}
interface NodeHttp {
  createServer(listener: (request: NodeRequest, response: NodeResponse) => void): NodeServer
}

/** Every page may ask, and read what the client reads. */
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': '*, authorization',
  'access-control-expose-headers': '*',
  'access-control-max-age': '600',
}

async function read(request: NodeRequest): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const part of request) parts.push(part)
  return new Blob(parts)
}

async function respond(
  fetcher: typeof fetch,
  origin: string,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request
  if (method === 'OPTIONS') {
    response.writeHead(204, cors)
    return response.end()
  }
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const body = await read(request)
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  try {
    const given = await fetcher(origin + url, {
      ...{ method, headers, signal: gone.signal },
      ...(body.size > 0 ? { body: await body.arrayBuffer() } : {}),
    })
    response.writeHead(given.status, { ...Object.fromEntries(given.headers), ...cors })
    const reader = given.body?.getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      response.write(part.value)
    response.end()
  } catch {
    // offline, or the reader has gone: the connection breaks as a network does
    response.destroy()
  }
}

/** Asked of Node, not imported: bundlers would look for it. @throws where there is no Node */
function nodeHttp(): NodeHttp {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } }
  const http = process?.getBuiltinModule?.('node:http')
  if (!http) throw new Error('testing kit: listen() needs Node.')
  return http as NodeHttp
}

/** Listens on a port of this machine. @throws where there is no Node */
export async function listen(
  fetcher: typeof fetch,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const http = nodeHttp()
  let origin = ''
  const server = http.createServer((request, response) => void respond(fetcher, origin, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  origin = `http://127.0.0.1:${server.address().port}`
  return {
    url: origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
