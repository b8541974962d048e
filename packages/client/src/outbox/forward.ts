import { routes, type Diary, type Issue } from '@minqing/core/wire'
import { asMinqingError, clientError } from '../errors.ts'
import type { Caller } from '../internal/caller.ts'
import type { OutboxStore, StoredPair } from './store-contract.ts'
import type { ForwardedEntry, SentEntry } from './types.ts'
import { refusal } from './verdict.ts'
import { entryOf } from './view.ts'

interface Told {
  onSent(sent: SentEntry): void
  onForwarded(forwarded: ForwardedEntry): void
}

/**
 * Sends an entry's diary unless it has arrived, and makes an issue of it. That it has arrived is written down in
 * between: from then on a failure is one of the forwarding alone, and the diary is neither sent nor told again.
 *
 * May be repeated at any point: the issue has its own id, made with the entry.
 */
export async function forwardDiary(
  caller: Caller,
  store: OutboxStore,
  entry: StoredPair['entry'],
  send: () => Promise<Diary>,
  told: Told,
): Promise<Diary> {
  const diary = entry.arrived ?? (await send())
  if (!entry.arrived) {
    const { idempotencyKey } = entry
    const isSame = (now: StoredPair) => now.entry.idempotencyKey === idempotencyKey
    await store.change(entry.key, (now) =>
      isSame(now) ? { entry: { ...now.entry, photos: [], arrived: diary } } : undefined,
    )
    told.onSent({ entry: entryOf({ entry }), diary })
  }
  const issue = await makeIssue(caller, entry, diary)
  if (issue) told.onForwarded({ entry: entryOf({ entry: { ...entry, arrived: diary } }), diary, issue })
  return diary
}

/** Gives nothing when the diary is an issue already: somebody has forwarded it by hand meanwhile. */
async function makeIssue(
  caller: Caller,
  entry: StoredPair['entry'],
  diary: Diary,
): Promise<Issue | undefined> {
  const { issueId, ...more } = entry.forward!
  const options = { retries: 0, timeoutMs: 30_000, subject: entry.author, signal: caller.closed }
  let issue: Issue | undefined
  try {
    issue = (await caller.call(
      routes.issues.create,
      { id: issueId, diary: diary.id, ...more },
      options,
    )) as Issue
  } catch (thrown) {
    const error = asMinqingError(thrown)
    if (error.code === 'diary_forwarded') return undefined
    // Of an upload `not_found` passes by itself; a diary that is gone does not come back by waiting.
    throw error.code === 'not_found' ? refusal(error) : error
  }
  if (issue?.id !== issueId) throw clientError('bad_response')
  return issue
}
