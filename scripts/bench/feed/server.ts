// The server under test, in a process of its own; beside it, in the same process, the peer: the same HTTP framework
// with the same string in memory and nothing else to do.
import type { AddressInfo } from 'node:net'
import { startServer } from '@minqing/server'
import Fastify from 'fastify'
import { planned } from '../support/child.ts'

export interface ServerPlan {
  databaseUrl: string
  dataDir: string
  audience: string
  secret: string
  /** Whether the clock of the issues is at work; it is without this. */
  clockWorker?: boolean
}

export interface Ready {
  port: number
  peerPort: number
}

const [plan] = (await planned()) as [ServerPlan]
const server = await startServer({
  databaseUrl: plan.databaseUrl,
  dataDir: plan.dataDir,
  host: '127.0.0.1',
  port: 0,
  token: { audience: plan.audience, secret: Buffer.from(plan.secret, 'base64url') },
  logLevel: 'warn',
  ...(plan.clockWorker === undefined ? {} : { clockWorker: plan.clockWorker }),
  // one person asks more here than a county does
  rateLimits: false,
})

const peer = Fastify()
let page = ''
peer.get('/page', (_request, reply) => reply.type('application/json; charset=utf-8').send(page))
await peer.listen({ host: '127.0.0.1', port: 0 })

process.on('message', (message: { page?: string; stop?: true }) => {
  if (message.page !== undefined) page = message.page
  if (message.stop) void Promise.all([server.close(), peer.close()]).then(() => process.exit())
})
process.send?.({ port: server.port, peerPort: (peer.server.address() as AddressInfo).port } satisfies Ready)
