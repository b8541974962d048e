import type { Diary } from '@minqing/core'
import { MqIssueOpenEvent } from '../../internal/issue-events.ts'
import { msg } from '../../internal/localize.ts'
import { MqAuthorOpenEvent, MqDiaryChangeEvent, MqDiaryOpenEvent } from '../diary-feed.events.ts'
import type { FeedBody } from '../body.ts'
import { dismiss, admit } from '../model/live.ts'
import { togglePanel } from './panel.ts'

type Act = (feed: FeedBody, diary: Diary, button: HTMLElement, card: HTMLElement) => void | Promise<void>

const useful: Act = async ({ controller }, diary, button) => {
  const { marks } = controller
  const marked = marks.has(diary.id)
  const set = (on: boolean) => (on ? marks.add(diary.id) : marks.delete(diary.id))
  set(!marked)
  controller.host.redraw(diary.id)
  button.setAttribute('aria-busy', 'true')
  try {
    const { diaries } = await controller.client()
    controller.take(await (marked ? diaries.unmarkUseful : diaries.markUseful)({ id: diary.id }))
  } catch (problem) {
    set(marked)
    controller.host.redraw(diary.id)
    controller.sayProblem(problem)
  }
  button.removeAttribute('aria-busy')
}

const remove: Act = async (feed, diary) => {
  const { controller } = feed
  const { source } = controller
  dismiss(source, diary.id)
  feed.changed('data')
  try {
    const { diaries } = await controller.client()
    await diaries.remove({ id: diary.id }, { version: diary.version })
  } catch (problem) {
    const { code } = problem as { code?: string }
    // Somebody else's window was quicker with the same wish.
    if (code !== 'not_found') {
      const now = code === 'version_conflict' ? await latest(feed, diary) : diary
      admit(source, now, true)
      feed.changed('data')
      controller.sayProblem(problem)
      return
    }
  }
  feed.element.dispatchEvent(new MqDiaryChangeEvent(diary, 'removed'))
  controller.say({ text: msg('日记已删除', { id: 'feed.removed' }), undo: () => void restore(feed, diary) })
}

async function latest({ controller }: FeedBody, diary: Diary): Promise<Diary> {
  try {
    return await (await controller.client()).diaries.get({ id: diary.id })
  } catch {
    return diary
  }
}

async function restore(feed: FeedBody, { id }: Diary): Promise<void> {
  const { controller } = feed
  try {
    const diary = await (await controller.client()).diaries.restore({ id })
    admit(controller.source, diary, true)
    feed.changed('data')
    feed.element.dispatchEvent(new MqDiaryChangeEvent(diary, 'restored'))
  } catch (problem) {
    controller.sayProblem(problem)
  }
}

const onCard: Record<string, Act> = {
  useful,
  remove,
  tag: (feed, _diary, button) => feed.choose({ tag: button.dataset['tag']! }),
  author: (feed, { author }) => {
    const shown = feed.element.dispatchEvent(new MqAuthorOpenEvent(author))
    if (shown) feed.choose({ author: author.id, mine: false })
  },
  expand: ({ controller }, { id }) => {
    const { expanded } = controller
    if (!expanded.delete(id)) expanded.add(id)
    controller.host.redraw(id)
  },
  comments: async (feed, diary, button, card) => {
    const opened = await togglePanel('mq-diary-comments', feed, diary, button, card)
    if (opened) feed.element.dispatchEvent(new MqDiaryOpenEvent(diary))
  },
  edit: async (feed, diary, button, card) => {
    await togglePanel('mq-diary-editor', feed, diary, button, card)
  },
  history: async (feed, diary, button, card) => {
    await togglePanel('mq-diary-history', feed, diary, button, card)
  },
  forward: async (feed, diary, button, card) => {
    await togglePanel('mq-diary-forward', feed, diary, button, card)
  },
  issue: ({ controller, element }, { id }) => {
    const { issue, number } = controller.issues.get(id)!
    element.dispatchEvent(new MqIssueOpenEvent(issue, number))
  },
  photo: async (feed, diary, button) => {
    const { openViewer } = await import('./viewer.ts')
    openViewer(feed, diary, Number(button.dataset['index']))
  },
}

const onFeed: Record<string, (feed: FeedBody) => void> = {
  retry: ({ controller }) => controller.retry(),
  clear: (feed) =>
    feed.choose({ kind: undefined, tag: undefined, author: undefined, mine: false, q: undefined }),
  undo: ({ controller }) => {
    controller.notice?.undo?.()
    controller.say()
  },
  dismiss: ({ controller }) => controller.say(),
  waiting: showWaiting,
}

/** Shows what has come in the meantime and goes up to it. */
function showWaiting(feed: FeedBody): void {
  const { source } = feed.controller
  const { waiting } = source
  if (!source.atNewest || waiting.length > 100) {
    if (feed.element.date) feed.choose({ date: undefined })
    else feed.reload()
    return
  }
  source.waiting = []
  for (const diary of [...waiting].reverse()) admit(source, diary, true)
  feed.changed('data')
  feed.toTop()
}

/** Does what a button of the feed says. Loaded at the first press. */
export async function act(feed: FeedBody, button: HTMLElement): Promise<void> {
  const name = button.dataset['do']!
  const card = button.closest('article')
  const diary = card && feed.pages.at(feed.pages.indexOf(card.id))
  try {
    if (diary && onCard[name]) await onCard[name](feed, diary, button, card)
    else onFeed[name]?.(feed)
  } catch (problem) {
    feed.controller.sayProblem(problem)
  }
}
