import type { LiveEventType } from '@minqing/core'
import type { Audience } from './events.ts'

/** An event as the log holds it. */
export interface LoggedEvent {
  /** `<transaction>-<sequence>`: its place in the log, in commit-safe order. */
  readonly id: string
  readonly type: LiveEventType
  /** Code of the area in which it happened. */
  readonly area: string
  /** Who may hear of it. */
  readonly to: Audience
  /** The JSON of core's `LiveEvent`, ready to send. */
  readonly data: string
}

/**
 * Tells this process every event of the deployment, whichever process made it, in log order and each once. It knows
 * no scope: a subscriber must look at `area` and `to` before it shows anything to anyone.
 */
export interface LiveBus {
  /** `listener` must not throw and must not wait. Answers the function that ends the subscription. */
  subscribe(listener: (event: LoggedEvent) => void): () => void
  /** Where the log has been read to: the id of the last event told, or where this process began. */
  readonly position: string
  /** False while the database connection is down: events come late then, though none is lost. */
  readonly healthy: boolean
}
