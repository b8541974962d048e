import type { Client } from '@minqing/client'
import type { Diary, LiveEvent } from '@minqing/core'
import type { FeedController } from '../controller.ts'
import { matches } from './filters.ts'
import { applyIssue } from './issues.ts'
import { compare } from './pages.ts'
import type { FeedSource } from './source.ts'

/** More waiting diaries than this are not kept one by one: showing them reads the list again. */
const mostWaiting = 100

/** Puts a diary where it belongs, or lets it wait when it would move what is being read. */
export function admit(source: FeedSource, diary: Diary, show: boolean): boolean {
  const { pages, waiting } = source
  if (pages.replace(diary)) return true
  const at = waiting.findIndex(({ id }) => id === diary.id)
  if (at >= 0) {
    waiting[at] = diary
    return false
  }
  const first = pages.list[0]
  const last = pages.list[pages.list.length - 1]
  const newest = !first || compare(diary, first.newest) < 0
  if (!newest) {
    if (source.hasOlder && compare(diary, last!.oldest) > 0) return false
    return pages.insert(diary) >= 0
  }
  if (show && source.atNewest) return pages.insert(diary) >= 0
  source.waiting = [diary, ...waiting].sort(compare).slice(0, mostWaiting + 1)
  return true
}

/** Takes a diary out wherever it is. */
export function dismiss(source: FeedSource, id: string): boolean {
  const before = source.waiting.length
  source.waiting = source.waiting.filter((diary) => diary.id !== id)
  return source.pages.remove(id) >= 0 || source.waiting.length < before
}

/** Makes an event of the stream seen. */
export function apply(controller: FeedController, event: LiveEvent): void {
  if ('issueId' in event) return applyIssue(controller, event)
  if (!('diaryId' in event)) return
  const { source, filters, me, host } = controller
  const { type, diary } = event
  controller.listeners.forEach((listener) => listener(event))
  if (event.commentId && type !== 'comment.created') controller.answers.delete(event.commentId)
  let changed = false
  if (type === 'diary.removed') changed = dismiss(source, event.diaryId)
  else if (diary && type === 'diary.updated') changed = source.pages.replace(diary)
  else if (diary && matches(diary, filters, me?.id)) {
    changed = admit(source, diary, diary.author.id === me?.id || host.atTop())
  }
  if (changed) host.changed('data')
}

/**
 * Follows the stream of an area. Events that come while the first page is being read wait for it: the page may have
 * been made before them.
 *
 * @returns stops it
 */
export function follow(controller: FeedController, client: Client, area: string): () => void {
  const { source } = controller
  let early: LiveEvent[] = []
  let opened = false
  const settle = () => {
    const events = early
    early = []
    for (const event of events) apply(controller, event)
  }
  const stopState = client.live.onState(
    ({ status }) => {
      if (status !== 'open') return
      // What came between reading the page and the first opening was told to nobody. Later breaks are resumed.
      if (!opened && source.pages.length) void catchUp(controller)
      opened = true
    },
    { area },
  )
  const stop = client.live.on(
    '*',
    (event) => {
      if (event.type === 'reset') void readAgain(controller)
      else if (source.isBusy('first')) {
        if (!early.length) void source.whenIdle('first').then(settle)
        early.push(event)
      } else apply(controller, event)
    },
    { area },
  )
  return () => {
    stop()
    stopState()
  }
}

/** Reads what has come above the newest diary shown. */
export async function catchUp(controller: FeedController): Promise<void> {
  const { source, client, host } = controller
  const newest = source.pages.list[0]?.newest
  if (!source.atNewest) return
  if (!newest) return source.restart()
  try {
    const query = {
      ...controller.query,
      direction: 'newer',
      from: newest.createdAt,
      limit: mostWaiting,
    } as const
    const { items } = await (await client()).diaries.list(query).page()
    const show = host.atTop() && items.length < mostWaiting
    const taken = items.map((diary) => admit(source, diary, show))
    if (taken.some(Boolean)) host.changed('data')
  } catch {
    // The stream is there or coming back; nothing else is lost.
  }
}

/** After a gap in the stream anything may be different: reads what is in view again, the rest when it comes near. */
async function readAgain(controller: FeedController): Promise<void> {
  const { source } = controller
  controller.answers.clear()
  void controller.readIssues(source.pages.list.flatMap((page) => page.items ?? []))
  await source.refresh(controller.host.shown())
  await catchUp(controller)
}
