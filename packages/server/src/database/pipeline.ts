import { availableParallelism } from 'node:os'
import pg from 'pg'
import { appRole } from './role.ts'
import { beginGuarded, type Guard } from './scope.ts'

export interface PipelineOptions {
  /** Connections at most, opened when first needed; as many as there are processors without it. */
  connections?: number
  /** Called when a connection breaks; the next read opens another. */
  onError?(error: Error): void
}

/** A statement that is a whole transaction: it sets its own guard and leaves nothing behind. */
export interface Read {
  /** Of the prepared statement; without one it is planned each time. */
  name?: string
  text: string
  values: unknown[]
  /**
   * Along an index that is in the right order, and never by sorting: misled by how little it expects row-level security
   * to let through, the planner would rather sort a whole county. Only `guarded` reads look at this.
   */
  walks?: boolean
}

export interface Pipeline {
  /** Rows as arrays of columns. */
  read<R extends unknown[]>(read: Read): Promise<R[]>
  /**
   * The same for a statement that needs its guard set: a transaction of its own, sent in one go. Its columns come as
   * PostgreSQL writes them, for what is mostly sent on as it is.
   */
  guarded<R extends (string | null | undefined)[]>(guard: Guard, read: Read): Promise<R[]>
  end(): Promise<void>
}

/** No parser: text as it comes. */
const asWritten = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig

/** Planned once for each statement, since what is asked for makes no difference to the way along an index. */
const inOrder = [
  ...['sort', 'bitmapscan', 'seqscan'].map((way) => `, set_config('enable_${way}', 'off', true)`),
  `, set_config('plan_cache_mode', 'force_generic_plan', true)`,
].join('')

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

  async function use<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    if (ended) throw new Error('the pipeline has ended')
    const lane = freest()
    lane.waiting++
    try {
      return await work(await lane.client)
    } finally {
      lane.waiting--
    }
  }

  return {
    read: <R extends unknown[]>(read: Read): Promise<R[]> =>
      use(async (client) => (await client.query<R>({ ...read, rowMode: 'array' })).rows),
    guarded: <R extends (string | null | undefined)[]>(
      guard: Guard,
      { walks, ...read }: Read,
    ): Promise<R[]> =>
      use(async (client) => {
        // nothing of another call comes between: what is asked in one go is answered in that order
        const sent = [
          client.query(beginGuarded(guard) + (walks ? inOrder : '')),
          client.query<R>({ ...read, rowMode: 'array', types: asWritten }),
        ] as const
        const over = client.query('commit')
        const [begun, answer, ended] = await Promise.allSettled([...sent, over])
        if (begun.status === 'rejected') throw begun.reason
        if (answer.status === 'rejected') throw answer.reason
        if (ended.status === 'rejected') throw ended.reason
        return answer.value.rows as R[]
      }),
    async end() {
      ended = true
      await Promise.allSettled([...lanes].map(async ({ client }) => (await client).end()))
    },
  }
}
