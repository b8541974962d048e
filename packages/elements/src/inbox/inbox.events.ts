/** How many messages the person has not read; told when it is first known and whenever it changes. */
export class MqInboxCountEvent extends Event {
  static readonly type = 'mq-inbox-count'
  readonly unread: number

  constructor(unread: number) {
    super(MqInboxCountEvent.type, { bubbles: true, composed: true })
    this.unread = unread
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'mq-inbox-count': MqInboxCountEvent
  }
}
