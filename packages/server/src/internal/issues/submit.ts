import { createHash } from 'node:crypto'
import {
  begin,
  contentText,
  dayOf,
  titleOf,
  type CategoryRef,
  type Deed,
  type IssueSource,
  type Photo,
  type Place,
  type Resident,
} from '@minqing/core'
import { sql } from 'kysely'
import { canonical } from '../canonical.ts'
import { appendEvent } from '../events.ts'
import { fold, searchVector } from '../fold.ts'
import type { Tx } from '../handler.ts'
import { ProblemError } from '../problem-error.ts'
import { toldOf, type DeskDeps } from './act.ts'
import { dispatchByItself } from './auto-dispatch.ts'
import { beginning, seal, type Line } from './chain.ts'
import { scored } from './scoring.ts'
import { derived, type IssueContent, type IssueMotion, type IssueRow } from './state.ts'
import { issueAudience, liveEventOf } from './write.ts'

/** A new issue, checked: its area exists, its category is in use, its photos are claimed. */
export interface Submission {
  readonly county: string
  /** Made by the client. */
  readonly id: string
  readonly area: { readonly code: string; readonly name: string }
  readonly source: IssueSource
  readonly diary: string | null
  readonly text: string
  readonly photos: readonly Photo[]
  readonly place: Place | null
  readonly resident: Resident | null
  readonly category: CategoryRef | null
  /** What was done on the spot [I4]. */
  readonly solved?: string | undefined
  /** SHA-256 of a report's receipt. */
  readonly receiptHash?: Buffer | undefined
  /** What was sent, for telling a repeated send: see `requestHash`. */
  readonly requestHash: Buffer
}

/** Of an input as it was sent. */
export const requestHash = (input: object): Buffer => createHash('sha256').update(canonical(input)).digest()

/** [I14] What is written once is sealed by the first event. */
export const contentHash = (content: IssueContent): string =>
  createHash('sha256').update(contentText(content)).digest('hex')

/**
 * The issue that this very request, sent before, has made. Others wait here who send the same id at this moment, so that
 * no number is drawn in vain.
 *
 * @throws ProblemError `id_taken` when something else has the id, `diary_forwarded` when another issue has the diary
 */
export async function alreadyMade(
  tx: Tx,
  wanted: { county: string; id: string; diary: string | null; reporter: string; requestHash: Buffer },
): Promise<IssueRow | undefined> {
  const { county, id, diary } = wanted
  for (const key of diary === null ? [id] : [id, diary].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`issue ${county} ${key}`}, 0))`.execute(tx)
  }
  const row = await tx
    .selectFrom('issue')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.reporter_id === wanted.reporter && row.request_hash?.equals(wanted.requestHash)) return row
  const { rows } = await sql<{ taken: boolean; forwarded: string | null }>`
    select mq_issue_taken(${county}, ${id}) as taken, mq_diary_forwarded(${county}, ${diary}::uuid) as forwarded`.execute(
    tx,
  )
  if (row || rows[0]!.taken) throw new ProblemError('id_taken')
  if (diary !== null && rows[0]!.forwarded !== null) throw new ProblemError('diary_forwarded')
  return undefined
}

/** [I14] `330683-20261124-00012`: the day is that of Asia/Shanghai. */
async function drawNumber(tx: Tx, county: string, at: number): Promise<string> {
  const day = dayOf(at)
  const { rows } = await sql<{
    last: number
  }>`select mq_issue_number(${county}, ${day}::date) as last`.execute(tx)
  return `${county}-${day.replaceAll('-', '')}-${String(rows[0]!.last).padStart(5, '0')}`
}

export function firstLine(
  content: IssueContent,
  submission: Submission,
  motion: IssueMotion,
  deed: Deed,
): Line {
  const { diary, solved } = submission
  const action = solved !== undefined ? 'solveOnSpot' : diary !== null ? 'forward' : 'submit'
  const { category, state } = motion.flow
  const data = {
    source: submission.source,
    area: submission.area,
    ...(diary === null ? {} : { diary }),
    ...(category ? { category } : {}),
    ...(solved === undefined ? {} : { text: solved }),
    content: contentHash(content),
  }
  return { seq: 1, action, at: new Date(deed.at), actor: deed.actor, from: null, to: state, data }
}

/** What the table holds beside what is derived. */
export const toContent = (submission: Submission, number: string, { actor, at }: Deed): IssueContent => ({
  county: submission.county,
  id: submission.id,
  number,
  area_code: submission.area.code,
  area_name: submission.area.name,
  source: submission.source,
  diary_id: submission.diary,
  title: titleOf(submission.text),
  text: submission.text,
  photos: [...submission.photos],
  place: submission.place,
  reporter_id: actor.id,
  reporter_name: actor.name,
  reporter_title: actor.title ?? null,
  resident: submission.resident,
  created_at: new Date(at),
})

async function insert(
  tx: Tx,
  content: IssueContent,
  motion: IssueMotion,
  more: { similar: number; head_hash: Buffer; submission: Submission; folded: string; deed: Deed },
): Promise<IssueRow> {
  const { place, photos, resident, ...columns } = content
  const { submission } = more
  return tx
    .insertInto('issue')
    .values({
      ...columns,
      ...derived(content, motion, more.deed.calendar),
      place: place && JSON.stringify(place),
      photos: JSON.stringify(photos),
      resident: resident && JSON.stringify(resident),
      receipt_hash: submission.receiptHash ?? null,
      request_hash: submission.requestHash,
      folded: more.folded,
      search: searchVector(more.folded, []),
      flow: JSON.stringify(motion.flow),
      priority: JSON.stringify(motion.priority),
      similar_open: more.similar,
      version: motion.version,
      head_hash: more.head_hash,
      changed_at: motion.changed_at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * Makes an issue under the id that the client made; `alreadyMade` has been asked in the same transaction. The actor is
 * its reporter.
 */
export async function submit(
  tx: Tx,
  deps: DeskDeps,
  submission: Submission,
  by: Omit<Deed, 'calendar'>,
): Promise<IssueRow> {
  const deed: Deed = { ...by, calendar: deps.calendar }
  const { solved, category, text, county, area } = submission
  const flow = begin(deed, category, solved === undefined ? undefined : { text: solved })
  const folded = fold(text)
  const likeness = {
    county,
    id: submission.id,
    area_code: area.code,
    category: category?.code ?? null,
    folded,
  }
  const similar = await deps.countSimilar(tx, likeness)
  const priority = scored(deps.scoring, { text, flow, similar, override: null }, deed.at, deps.calendar)
  // last, because from here on everybody else of the county waits for the number
  const number = await drawNumber(tx, county, deed.at)
  const content = toContent(submission, number, deed)
  const motion: IssueMotion = { flow, priority, version: 1, changed_at: new Date(deed.at) }
  const line = firstLine(content, submission, motion, deed)
  const head_hash = seal(beginning, content, line)
  const row = await insert(tx, content, motion, {
    similar,
    head_hash,
    submission,
    folded: `${folded} ${number}`,
    deed,
  })
  const { actor } = deed
  await tx
    .insertInto('issue_event')
    .values({
      ...{
        county,
        issue_id: row.id,
        seq: 1,
        action: line.action,
        at: line.at,
        from_state: null,
        to_state: line.to,
      },
      ...{ actor_id: actor.id, actor_name: actor.name, actor_title: actor.title ?? null },
      ...{ data: JSON.stringify(line.data), hash: head_hash },
    })
    .execute()
  await appendEvent(tx, county, liveEventOf('issue.created', row, line.at, actor.id), issueAudience(row))
  if (solved === undefined) {
    const notices = [{ to: { desk: 'dispatch' }, type: 'submitted' }] as const
    await deps.notify(tx, toldOf(row, { action: 'submit', deed, notices }))
  }
  return solved === undefined ? dispatchByItself(tx, deps, row, deed.at) : row
}
