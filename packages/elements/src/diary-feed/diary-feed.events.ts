import type { Diary, DiaryKind } from '@minqing/core'

/** What the feed shows, as the host may keep it in an address. */
export interface FeedView {
  kind?: DiaryKind
  tag?: string
  author?: string
  mine?: boolean
  q?: string
  /** `2026-03-08`, or `oldest`. */
  date?: string
}

/** A person changed filters, search or date. */
export class MqFeedFilterEvent extends Event {
  readonly view: FeedView
  constructor(view: FeedView) {
    super('mq-feed-filter', { bubbles: true, composed: true })
    this.view = view
  }
}

/** A person pressed an author's name. Prevent it to show something of the host's own; otherwise the feed filters. */
export class MqAuthorOpenEvent extends Event {
  readonly author: Diary['author']
  constructor(author: Diary['author']) {
    super('mq-author-open', { bubbles: true, composed: true, cancelable: true })
    this.author = author
  }
}

/** A person opened a diary's comments. */
export class MqDiaryOpenEvent extends Event {
  readonly diary: Diary
  constructor(diary: Diary) {
    super('mq-diary-open', { bubbles: true, composed: true })
    this.diary = diary
  }
}

/** The person edited, deleted or restored a diary of theirs here, and the server took it. */
export class MqDiaryChangeEvent extends Event {
  readonly diary: Diary
  readonly change: 'edited' | 'removed' | 'restored'
  constructor(diary: Diary, change: 'edited' | 'removed' | 'restored') {
    super('mq-diary-change', { bubbles: true, composed: true })
    this.diary = diary
    this.change = change
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'mq-feed-filter': MqFeedFilterEvent
    'mq-author-open': MqAuthorOpenEvent
    'mq-diary-open': MqDiaryOpenEvent
    'mq-diary-change': MqDiaryChangeEvent
  }
}
