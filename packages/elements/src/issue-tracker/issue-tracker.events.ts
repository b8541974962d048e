import type { Issue, IssueAction } from '@minqing/core'
import type { TrackerView } from './model/view.ts'

export { MqIssueOpenEvent } from '../internal/issue-events.ts'

/** A person changed filters, order or the kind of view. */
export class MqIssueFilterEvent extends Event {
  readonly view: TrackerView
  constructor(view: TrackerView) {
    super('mq-issue-filter', { bubbles: true, composed: true })
    this.view = view
  }
}

/** A person closed the detail and is back at the list. */
export class MqIssueCloseEvent extends Event {
  /** Id of the issue that was open. */
  readonly issue: string
  constructor(issue: string) {
    super('mq-issue-close', { bubbles: true, composed: true })
    this.issue = issue
  }
}

/** The person did something to an issue here, and the server took it. */
export class MqIssueChangeEvent extends Event {
  readonly issue: Issue
  readonly action: IssueAction
  constructor(issue: Issue, action: IssueAction) {
    super('mq-issue-change', { bubbles: true, composed: true })
    this.issue = issue
    this.action = action
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'mq-issue-filter': MqIssueFilterEvent
    'mq-issue-close': MqIssueCloseEvent
    'mq-issue-change': MqIssueChangeEvent
  }
}
