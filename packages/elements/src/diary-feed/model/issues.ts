import type { Diary, IssueLiveEvent } from '@minqing/core/wire'
import { issueLimits } from '@minqing/core/wire'
import type { FeedController } from '../controller.ts'

/** Reads which of the diaries are issues, as many at once as the server takes, and draws the cards that changed. */
export async function readIssues(
  controller: FeedController,
  items: readonly Pick<Diary, 'id'>[],
): Promise<void> {
  const { issues } = await controller.client()
  for (let start = 0; start < items.length; start += issueLimits.page) {
    const ids = items.slice(start, start + issueLimits.page).map(({ id }) => id)
    const { items: found } = await issues.ofDiaries({ ids: ids.join() })
    const stands = new Map(found.map((one) => [one.diary, one]))
    for (const id of ids) {
      const [before, now] = [controller.issues.get(id), stands.get(id)]
      if (now) controller.issues.set(id, now)
      else controller.issues.delete(id)
      if (before?.state !== now?.state || before?.issue !== now?.issue) controller.host.redraw(id)
    }
  }
}

/** An issue has changed: the card of its diary says where it stands now. */
export function applyIssue(
  controller: FeedController,
  { issueDiary: id, issueId, state }: IssueLiveEvent,
): void {
  if (!id || controller.source.pages.indexOf(id) < 0) return
  const known = controller.issues.get(id)
  // one that was withdrawn is the diary's no longer
  if (known?.issue !== issueId || state === 'closed') return void controller.readIssues([{ id }])
  controller.issues.set(id, { ...known, state })
  controller.host.redraw(id)
}
