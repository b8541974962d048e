import type { SvelteHTMLElements } from 'svelte/elements'
import '@minqing/elements/svelte'

// Svelte's language tools check each tag of a template against this table.
export const composer: SvelteHTMLElements['mq-diary-composer'] = {
  class: 'card',
  kind: 'factory',
  'base-url': 'https://mq.example.gov.cn',
  elder: true,
  'onmq-diary-sent': ({ id, diary }) => console.log(id.length, diary?.text),
  'on:mq-diary-queued': ({ entry }) => console.log(entry.id),
}
export const feed: SvelteHTMLElements['mq-diary-feed'] = {
  noFilters: true,
  'onmq-feed-filter': ({ view }) => console.log(view.q),
}
export const inbox: SvelteHTMLElements['mq-inbox'] = {
  type: 'assigned',
  'onmq-inbox-count': ({ unread }) => console.log(unread.toFixed()),
}

// @ts-expect-error no such kind of diary
export const badKind: SvelteHTMLElements['mq-diary-composer'] = { kind: 'holiday' }
// @ts-expect-error a switch is no text
export const badSwitch: SvelteHTMLElements['mq-diary-feed'] = { noFilters: 'yes' }
// @ts-expect-error no such property
export const badName: SvelteHTMLElements['mq-diary-feed'] = { colour: 'red' }
// @ts-expect-error no such event
export const badEvent: SvelteHTMLElements['mq-inbox'] = { 'onmq-inbox-counted': () => undefined }
// @ts-expect-error a message's event has no diary
export const badListener: SvelteHTMLElements['mq-inbox'] = { 'onmq-inbox-count': (event) => event.diary }
