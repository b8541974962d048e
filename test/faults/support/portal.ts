import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'

const csp = "default-src 'none'; script-src 'self'; connect-src *; base-uri 'none'"
const page =
  '<!doctype html><meta charset="utf-8"><title>portal</title><script type="module" src="/entry.js"></script>'

async function bundle(entry: string): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: { entry },
    bundle: true,
    splitting: true,
    write: false,
    outdir: '/',
    format: 'esm',
    platform: 'browser',
    target: 'chrome86',
    conditions: ['minqing-source'],
    // ky calls it; browsers before 93 lack it. The same replacement as in the CDN build.
    define: { 'Object.hasOwn': 'Object.prototype.hasOwnProperty.call' },
  })
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]))
}

/** The client in `window.mqKit`. */
const kitEntry = new URL('./page-entry.ts', import.meta.url).pathname

/** A host's web server on an origin of its own: one page under a strict CSP that runs a script of ours. */
export async function startPortal(
  entry: string = kitEntry,
): Promise<{ origin: string; port: number; close(): Promise<void> }> {
  const files = await bundle(entry)
  const server = createServer((request, response) => {
    const script = files.get(request.url ?? '')
    const type = script ? 'text/javascript' : 'text/html'
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': csp })
    response.end(script ?? page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${port}`, port, close }
}
