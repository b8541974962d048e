import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
}

/** A folder as a portal would serve it. */
export interface Portal {
  readonly origin: string
  /** Set before a page is opened. */
  policy: string
  /** Bytes after gzip of the scripts that were asked for since it was last cleared. */
  readonly scripts: Map<string, number>
  close(): void
}

export async function servePortal(folder: string): Promise<Portal> {
  const scripts = new Map<string, number>()
  const portal = { origin: '', policy: '', scripts, close: () => void server.close() }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://portal')
    const path = join(folder, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname))
    readFile(path).then(
      (bytes) => {
        if (extname(path) === '.js') scripts.set(pathname, gzipSync(bytes).length)
        response.writeHead(200, {
          'content-type': types[extname(path)] ?? 'application/octet-stream',
          'content-security-policy': portal.policy,
        })
        response.end(bytes)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  portal.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return portal
}

/** The policy that docs/embedding.md promises to get by with. */
export const policyFor = (serverUrl: string, policies: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${serverUrl}`,
    `img-src 'self' data: ${serverUrl}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${policies.join(' ')}`,
  ].join('; ')
