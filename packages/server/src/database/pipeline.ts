import { availableParallelism } from 'node:os'
import pg from 'pg'
import { appRole } from './role.ts'

export interface PipelineOptions {
  /** Connections at most, opened when first needed; as many as there are processors without it. */
  connections?: number
  /** Called when a connection breaks; the next read opens another. */
  onError?(error: Error): void
}

/** A statement that is a whole transaction: it sets its own guard and leaves nothing behind. */
export interface Read {
  /** Of the prepared statement. */
  name: string
  text: string
  values: unknown[]
}

export interface Pipeline {
  /** Rows as arrays of columns. */
  read<R extends unknown[]>(read: Read): Promise<R[]>
  end(): Promise<void>
}

interface Lane {
  readonly client: Promise<pg.Client>
  /** Reads sent and not answered yet. */
  waiting: number
}

/**
 * A few connections that many short reads share without waiting for each other's answers: when the database has
 * answered one, the next is already there. Such reads keep a processor busy, so more connections than processors
 * would only make them change seats.
 */
export function createPipeline(url: string, options: PipelineOptions = {}): Pipeline {
  const most = options.connections ?? Math.max(2, availableParallelism())
  const lanes = new Set<Lane>()
  let ended = false

  const connect = async (leave: () => boolean): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'minqing pages',
      statement_timeout: 15_000,
      connectionTimeoutMillis: 5000,
      pipeline: true,
    })
    client.on('error', (error) => {
      if (leave() && !ended) options.onError?.(error)
    })
    client.on('end', leave)
    try {
      await client.connect()
      await client.query(`set role ${appRole}`)
      return client
    } catch (error) {
      leave()
      await client.end().catch(() => undefined)
      throw error
    }
  }

  const open = (): Lane => {
    const lane: Lane = { client: connect(() => lanes.delete(lane)), waiting: 0 }
    lanes.add(lane)
    return lane
  }

  const freest = (): Lane => {
    let best: Lane | undefined
    for (const lane of lanes) if (!best || lane.waiting < best.waiting) best = lane
    return best && (best.waiting === 0 || lanes.size >= most) ? best : open()
  }

  return {
    async read<R extends unknown[]>(read: Read): Promise<R[]> {
      if (ended) throw new Error('the pipeline has ended')
      const lane = freest()
      lane.waiting++
      try {
        const client = await lane.client
        const { rows } = await client.query<R>({ ...read, rowMode: 'array' })
        return rows
      } finally {
        lane.waiting--
      }
    },
    async end() {
      ended = true
      await Promise.allSettled([...lanes].map(async ({ client }) => (await client).end()))
    },
  }
}
