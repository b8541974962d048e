import type { Tx } from './handler.ts'
import type { Message, Recipient } from './message-channel.ts'

/** Where messages wait for their channel. */
export interface MessageQueue {
  /** Whether there is a channel at all. */
  readonly active: boolean
  /** Whether a message to them would go anywhere. */
  reaches(to: Recipient): boolean
  /** Queues within the transaction: what is rolled back is never sent. */
  enqueue(tx: Tx, messages: readonly Message[]): Promise<void>
}

/** Where no channel is set up. */
export const noMessages: MessageQueue = {
  active: false,
  reaches: () => false,
  enqueue: () => Promise.resolve(),
}
