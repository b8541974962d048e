import type { GlobalComponents } from 'vue'
import '@minqing/elements/vue'

/** What vue-tsc checks a tag's attributes and listeners in a template against. */
type Props<Tag extends keyof GlobalComponents> = InstanceType<GlobalComponents[Tag]>['$props']

export const composer: Props<'mq-diary-composer'> = {
  class: 'card',
  key: 1,
  kind: 'factory',
  'base-url': 'https://mq.example.gov.cn',
  elder: true,
  onMqDiarySent: ({ id, diary }) => `${id.length} ${diary?.text}`,
}
export const feed: Props<'mq-diary-feed'> = {
  noFilters: true,
  ref: (element) => element,
  onMqFeedFilter: ({ view }) => view.q,
}
export const reload = (element: InstanceType<GlobalComponents['mq-diary-feed']>): void => element.reload()
export const inbox: Props<'mq-inbox'> = { type: 'assigned', onMqInboxCount: ({ unread }) => unread.toFixed() }

// @ts-expect-error no such kind of diary
export const badKind: Props<'mq-diary-composer'> = { kind: 'holiday' }
// @ts-expect-error a switch is no text
export const badSwitch: Props<'mq-diary-feed'> = { noFilters: 'yes' }
// @ts-expect-error no such property
export const badName: Props<'mq-diary-feed'> = { colour: 'red' }
// @ts-expect-error no such event
export const badEvent: Props<'mq-inbox'> = { onMqInboxCounted: () => undefined }
// @ts-expect-error a message's event has no diary
export const badListener: Props<'mq-inbox'> = { onMqInboxCount: (event) => event.diary }
// @ts-expect-error no such widget
export type BadTag = Props<'mq-diary-fed'>
