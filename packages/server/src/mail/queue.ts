import type { FastifyBaseLogger } from 'fastify'
import { CompiledQuery } from 'kysely'
import type { Pool } from 'pg'
import type { Db, Job } from 'pg-boss'
import type { Tx } from '../internal/handler.ts'
import { MessageRefused, type Message, type MessageChannel } from '../internal/message-channel.ts'
import type { MessageQueue } from '../internal/message-queue.ts'
import { startJobs } from './jobs.ts'

export interface MessageQueueOptions {
  readonly pool: Pool
  readonly channel: MessageChannel
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn'>
  /** Seconds before the first repetition; 30 without it. */
  readonly retrySeconds?: number | undefined
}

export interface RunningQueue extends MessageQueue {
  close(): Promise<void>
}

const queue = 'minqing-message'
const deadLetters = 'minqing-message-dead'
const retries = { first: 30, most: 3600, limit: 20 }
/** Delivered messages and dead letters are of no use for longer, and they name matters of people. */
const forgetSeconds = 24 * 3600
const sendSeconds = 90

/** The job queue's own statements, in a transaction of the application. */
const within = (tx: Tx): Db => ({
  executeSql: async (text, values = []) => ({
    rows: (await tx.executeQuery<object>(CompiledQuery.raw(text, [...values]))).rows,
  }),
})

/**
 * Keeps messages in the database until their channel has taken them: at least once, again with growing pauses while
 * it fails, and out of one's sight after about a day. Every process works on the same queue.
 */
export async function startMessageQueue(options: MessageQueueOptions): Promise<RunningQueue> {
  const { channel, log } = options
  const { boss, close } = await startJobs(options.pool, log)
  await boss.createQueue(deadLetters, { deleteAfterSeconds: forgetSeconds })
  // one that an earlier version made
  await boss.updateQueue(deadLetters, { deleteAfterSeconds: forgetSeconds })
  await boss.createQueue(queue, { deadLetter: deadLetters })

  async function deliver(job: Job<Message>): Promise<void> {
    try {
      await channel.send(job.data)
    } catch (error) {
      if (!(error instanceof MessageRefused)) throw error
      log.warn({ message: job.data.id, reason: error.message }, 'message: refused for good')
    }
  }
  const polling = { pollingIntervalSeconds: 1, batchSize: 1 }
  await boss.work<Message>(queue, polling, async ([job]) => deliver(job!))
  await boss.work<Message>(deadLetters, { pollingIntervalSeconds: 5 }, ([job]) => {
    log.warn({ message: job!.data.id }, 'message: given up after all attempts')
    return Promise.resolve()
  })

  const policy = {
    retryLimit: retries.limit,
    retryDelay: options.retrySeconds ?? retries.first,
    retryBackoff: true,
    retryDelayMax: retries.most,
    expireInSeconds: sendSeconds,
    deleteAfterSeconds: forgetSeconds,
  }
  return {
    active: true,
    reaches: (to) => channel.reaches(to),
    async enqueue(tx, messages) {
      if (messages.length === 0) return
      const jobs = messages.map((message) => ({ ...policy, data: message, deadLetter: deadLetters }))
      await boss.insert(queue, jobs, { db: within(tx) })
    },
    async close() {
      await close()
      await channel.close?.()
    },
  }
}
