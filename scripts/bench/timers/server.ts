// One of the servers that watch the deadlines, in a process of its own, with a clock that is ahead of the machine's.
import { startServer } from '@minqing/server'
import { planned } from '../support/child.ts'

export interface TimersPlan {
  databaseUrl: string
  dataDir: string
  secret: string
  /** Milliseconds by which its clock is ahead. */
  ahead: number
}

const [plan] = (await planned()) as [TimersPlan]
const server = await startServer({
  databaseUrl: plan.databaseUrl,
  dataDir: plan.dataDir,
  host: '127.0.0.1',
  port: 0,
  token: { audience: 'bench', secret: Buffer.from(plan.secret, 'base64url') },
  logLevel: 'warn',
  rateLimits: false,
  connections: 4,
  clock: () => new Date(Date.now() + plan.ahead),
  tickEveryMs: 500,
})
process.on('message', () => void server.close().then(() => process.exit()))
process.send?.('ready')
