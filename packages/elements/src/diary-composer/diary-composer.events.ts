import type { Diary } from '@minqing/core/wire'
import type { OutboxEntry, ProblemData } from '@minqing/client'

const passing = { bubbles: true, composed: true }

/** The diary is safe on this device and will be sent as soon as the network permits. */
export class MqDiaryQueuedEvent extends Event {
  static readonly type = 'mq-diary-queued'
  /** The diary as it waits; `entry.id` is the diary's id for good. */
  readonly entry: OutboxEntry

  constructor(entry: OutboxEntry) {
    super(MqDiaryQueuedEvent.type, passing)
    this.entry = entry
  }
}

/** The server has the diary. */
export class MqDiarySentEvent extends Event {
  static readonly type = 'mq-diary-sent'
  /** The diary's id. */
  readonly id: string
  /** As the server answered; absent when another tab sent it. */
  readonly diary?: Diary

  constructor(id: string, diary?: Diary) {
    super(MqDiarySentEvent.type, passing)
    this.id = id
    this.diary = diary
  }
}

/** The server refused the diary. It is kept, and shown with the reason, for its author to mend or discard. */
export class MqDiaryParkedEvent extends Event {
  static readonly type = 'mq-diary-parked'
  /** The diary's id. */
  readonly id: string
  /** Why. Branch on `problem.code`. */
  readonly problem?: ProblemData

  constructor(id: string, problem?: ProblemData) {
    super(MqDiaryParkedEvent.type, passing)
    this.id = id
    this.problem = problem
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'mq-diary-queued': MqDiaryQueuedEvent
    'mq-diary-sent': MqDiarySentEvent
    'mq-diary-parked': MqDiaryParkedEvent
  }
}
