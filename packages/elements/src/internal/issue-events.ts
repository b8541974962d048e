import type { Issue } from '@minqing/core/wire'

/**
 * A person wants to see an issue: pressed a message of the inbox, or the state of a diary's issue. A tracker on the
 * page opens it; prevent the event to show something of the host's own instead.
 */
export class MqIssueOpenEvent extends Event {
  static readonly type = 'mq-issue-open'
  /** The issue's id. */
  readonly issue: string
  /** `330683-20261124-00012`, as people name it. */
  readonly number: string

  constructor(issue: string, number: string) {
    super(MqIssueOpenEvent.type, { bubbles: true, composed: true, cancelable: true })
    this.issue = issue
    this.number = number
  }
}

/** A diary has become an issue: by a press in the feed, or after it was sent with that wish. */
export class MqDiaryForwardEvent extends Event {
  static readonly type = 'mq-diary-forward'
  /** The diary's id. */
  readonly diary: string
  readonly issue: Issue

  constructor(diary: string, issue: Issue) {
    super(MqDiaryForwardEvent.type, { bubbles: true, composed: true })
    this.diary = diary
    this.issue = issue
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'mq-diary-forward': MqDiaryForwardEvent
    'mq-issue-open': MqIssueOpenEvent
  }
}
