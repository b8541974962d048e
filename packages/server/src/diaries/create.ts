import {
  blurPlace,
  countyOf,
  extractTags,
  inScope,
  writtenAtOrNow,
  type NewDiary,
  type Place,
} from '@minqing/core'
import { sql } from 'kysely'
import { RawJson, type Call, type Tx } from '../internal/handler.ts'
import { claimPhotos } from '../internal/photos.ts'
import { ProblemError } from '../internal/problem-error.ts'
import type { DiaryState } from './present.ts'
import { derived, type DiaryRow } from './store.ts'
import type { Tell } from './telling.ts'

/** As it is stored: blurred unless its author wants it exact, and without absent members. */
export const storedPlace = (place: Place | null | undefined): Place | null =>
  place ? (JSON.parse(JSON.stringify(blurPlace(place))) as Place) : null

// within the transaction, so that a request never waits for a second connection while it holds one
async function areaName(tx: Tx, code: string): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select mq_area_name(${code}) as name`.execute(tx)
  const name = rows[0]?.name
  if (!name) throw new ProblemError('area_not_found')
  return name
}

async function newState(tx: Tx, call: Call, input: NewDiary): Promise<DiaryState> {
  const { id, area, kind, text } = input
  const { session } = call
  const now = call.now()
  const area_name = await areaName(tx, area)
  const claim = { county: countyOf(area), ids: input.photos ?? [], diaryId: id, ownerId: session.id, area }
  return {
    id,
    version: 1,
    area_code: area,
    area_name,
    author_id: session.id,
    author_name: session.name,
    author_title: session.title ?? null,
    kind,
    text,
    tags: extractTags(text),
    visited: input.visited ?? [],
    place: storedPlace(input.place),
    photos: await claimPhotos(tx, claim),
    written_at: writtenAtOrNow(input.writtenAt, now),
    created_at: now,
    edited_at: now,
    comment_count: 0,
    useful_count: 0,
    accepted_answer: null,
  }
}

/** Whether the row is the one that this very request, sent before, has made; it may have been edited since. */
async function isSameDiary(tx: Tx, row: DiaryRow, state: DiaryState): Promise<boolean> {
  const first = await tx
    .selectFrom('diary_revision')
    .selectAll()
    .where('county', '=', row.county)
    .where('diary_id', '=', row.id)
    .where('version', '=', 1)
    .executeTakeFirst()
  const content = ({
    kind,
    text,
    visited,
    place,
    photos,
  }: Pick<DiaryRow, 'kind' | 'text' | 'visited' | 'place' | 'photos'>) =>
    JSON.stringify([
      kind,
      text,
      visited,
      place && Object.entries(place).sort(),
      photos.map((photo) => photo.id),
    ])
  return (
    row.author_id === state.author_id &&
    row.area_code === state.area_code &&
    content(first ?? row) === content(state)
  )
}

/** [D1] Writes a diary under the id that the client made: however often it is sent, there is one. */
export async function createDiary(call: Call, input: NewDiary, tell: Tell): Promise<RawJson> {
  if (!inScope(call.scope, input.area)) throw new ProblemError('area_not_found')
  const county = countyOf(input.area)
  return call.transact(async (tx) => {
    const state = await newState(tx, call, input)
    const columns = derived(state)
    const { area_name: _, place, photos, ...rest } = state
    const { numInsertedOrUpdatedRows: made } = await tx
      .insertInto('diary')
      .values({
        county,
        ...rest,
        ...columns,
        place: place && JSON.stringify(place),
        photos: JSON.stringify(photos),
      })
      .onConflict((conflict) => conflict.columns(['county', 'id']).doNothing())
      .executeTakeFirstOrThrow()
    if (made) await tell(tx, call, 'diary.created', { county, ...state }, { diary: columns.wire })
    const row = made ? undefined : await existing(tx, county, state)
    const headers = { etag: `"${row?.version ?? 1}"`, location: `/v1/diaries/${state.id}` }
    return new RawJson(row?.wire ?? columns.wire, headers)
  })
}

async function existing(tx: Tx, county: string, state: DiaryState): Promise<DiaryRow> {
  const row = await tx
    .selectFrom('diary')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', state.id)
    .executeTakeFirst()
  if (!row || !(await isSameDiary(tx, row, state))) throw new ProblemError('id_taken')
  return row
}
