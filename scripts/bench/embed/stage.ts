import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../test/support/chromium.ts'
import { startDemoServer } from '../../../test/support/demo-server.ts'
import { bundleCdn, writeChunks } from '../../build/cdn.ts'
import { elementsVersion } from '../../build/paths.ts'
import { signToken } from '../support/token.ts'
import { policyOf, portalFiles, type Make } from './portals.ts'

export interface Stage {
  /** Address of the widgets' folder on the reference server. */
  readonly cdn: string
  /** Address of the folder beside it, with the peers. */
  readonly peers: string
  /** The portal, on an origin of its own. */
  readonly origin: string
  readonly browser: Browser
  /** Puts a page at an address of the portal. */
  put(path: string, html: string, make?: Make): void
  /** Reports of broken policies so far. */
  readonly reports: string[]
  close(): Promise<void>
}

const audience = 'minqing'

/** An officer who may do something in every widget. */
const officer = {
  sub: 'chen',
  name: '陈立军',
  title: '驻村干部',
  grants: [
    { role: 'villageOfficer', area: '330683100201' },
    { role: 'dispatcher', area: '330683' },
    { role: 'resident', area: '330683100201' },
  ],
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}

/**
 * The reference server with a demo, which also serves the widgets and, in a folder beside them, what `addPeers` has
 * written; a portal on another origin; a browser.
 */
export async function startStage(addPeers?: (folder: string) => Promise<void>): Promise<Stage> {
  const secret = randomBytes(32)
  const pages = new Map<string, { html: string; make: Make | undefined }>()
  const reports: string[] = []
  const files = await portalFiles()
  let mq = ''

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const page = pages.get(request.url ?? '')
    const file = files.get(request.url ?? '')
    if (request.url === '/csp-reports') reports.push(await textOf(request))
    const headers: Record<string, string> = { 'cache-control': 'no-store' }
    if (page) {
      headers['content-type'] = 'text/html; charset=utf-8'
      if (page.make === 'strict') headers['content-security-policy'] = policyOf(mq)
      return response.writeHead(200, headers).end(page.html)
    }
    if (file) return response.writeHead(200, { ...headers, 'content-type': file.type }).end(file.body)
    if (request.url === '/mq-token') {
      return response.writeHead(200, headers).end(signToken(secret, audience, officer))
    }
    return response.writeHead(request.url === '/csp-reports' ? 204 : 404).end()
  }
  const portal = createServer((request, response) => void answer(request, response))
  portal.listen(0, '127.0.0.1')
  await once(portal, 'listening')
  const origin = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`

  const folder = await mkdtemp(join(tmpdir(), 'minqing-bench-'))
  await writeChunks(join(folder, elementsVersion()), await bundleCdn())
  await addPeers?.(join(folder, 'peers'))
  const server = await startDemoServer({
    cdnDir: folder,
    token: { audience, secret },
    allowedOrigins: [origin],
  })
  mq = server.url
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
  return {
    cdn: `${server.url}/cdn/${elementsVersion()}/`,
    peers: `${server.url}/cdn/peers/`,
    origin,
    browser,
    reports,
    put: (path, html, make) => void pages.set(path, { html, make }),
    async close() {
      await browser.close()
      await server.close()
      portal.closeAllConnections()
      portal.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
