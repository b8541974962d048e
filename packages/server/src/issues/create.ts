import {
  areaLevels,
  countyOf,
  blurPlace,
  inScope,
  issueLimits,
  type NewIssue,
  type Photo,
  type Place,
} from '@minqing/core'
import { sql } from 'kysely'
import { areaRef } from '../internal/area-names.ts'
import { categoryRef } from '../internal/catalogue.ts'
import { inCounties } from '../internal/counties.ts'
import { RawJson, type Call, type Tx } from '../internal/handler.ts'
import { requestHash, type IssueDesk, type IssueRow, type Submission } from '../internal/issue-desk.ts'
import { carryPhotos, claimIssuePhotos } from '../internal/photos.ts'
import { ProblemError } from '../internal/problem-error.ts'

/** What an issue gets from a diary. */
interface Carried {
  id: string
  area_code: string
  text: string
  place: Place | null
  photos: Photo[]
}

export const answered = (row: IssueRow, more: Record<string, string> = {}): RawJson =>
  new RawJson(row.wire, { etag: `"${row.version}"`, ...more })

/** A diary that the caller reads and for whose area they may report. */
async function readDiary(tx: Tx, call: Call, id: string): Promise<Carried> {
  const { rows } = await sql<Carried>`
    select id, area_code, text, place, photos from diary
    where ${inCounties(call.scope)} and id = ${id} and deleted_at is null
      and area_code ^@ any(${[...call.scope]}::text[])`.execute(tx)
  const diary = rows[0]
  const readable = call.request.caller!.scopeFor('diary.read')
  if (!diary || !inScope(readable, diary.area_code)) throw new ProblemError('not_found')
  return diary
}

const missing = (path: string) => new ProblemError('invalid_input', { fields: [{ path, rule: 'required' }] })

/** The area: the diary's, or the one that was named. */
function areaOf(call: Call, input: NewIssue, diary: Carried | undefined): string {
  const area = diary?.area_code ?? input.area
  if (area === undefined) throw missing('/area')
  // numbers are drawn by county
  if (area.length < areaLevels.county || !inScope(call.scope, area)) throw new ProblemError('area_not_found')
  return area
}

/** [I4] Nothing is typed twice: with a diary, what is written here is an addition to it. */
function textOf(input: NewIssue, diary: Carried | undefined): string {
  const text = [diary?.text, input.text].filter((part) => part !== undefined).join('\n\n')
  if (text === '') throw missing('/text')
  return text
}

async function toSubmission(
  tx: Tx,
  call: Call,
  input: NewIssue,
  diary: Carried | undefined,
): Promise<Submission> {
  const code = areaOf(call, input, diary)
  const county = countyOf(code)
  const text = textOf(input, diary)
  const area = await areaRef(tx, code)
  const category = input.category === undefined ? null : await categoryRef(tx, county, input.category)
  if (category === undefined) throw new ProblemError('category_unknown')
  const own = await claimIssuePhotos(tx, { county, ids: input.photos ?? [], issueId: input.id, area: code })
  if (diary) await carryPhotos(tx, county, diary.id, input.id)
  const place = input.place
    ? (JSON.parse(JSON.stringify(blurPlace(input.place))) as Place)
    : (diary?.place ?? null)
  return {
    ...{ county, id: input.id, area, text, place, category },
    source: diary ? 'diary' : 'officer',
    diary: diary?.id ?? null,
    photos: [...(diary?.photos ?? []), ...own].slice(0, 2 * issueLimits.photos),
    resident: input.resident ?? null,
    solved: input.solved,
    requestHash: requestHash(input),
  }
}

/** Makes an issue, by itself or from a diary; however often it is sent, there is one. */
export const createIssue = (call: Call, input: NewIssue, desk: IssueDesk): Promise<RawJson> =>
  call.transact(async (tx) => {
    const { session } = call
    const diary = input.diary === undefined ? undefined : await readDiary(tx, call, input.diary)
    const county = countyOf(areaOf(call, input, diary))
    const made = await desk.alreadyMade(tx, {
      ...{ county, id: input.id, diary: diary?.id ?? null },
      ...{ reporter: session.id, requestHash: requestHash(input) },
    })
    const { id, name, title } = session
    const actor = { id, name, ...(title === undefined ? {} : { title }) }
    const row =
      made ??
      (await desk.submit(tx, await toSubmission(tx, call, input, diary), { at: call.now().getTime(), actor }))
    return answered(row, { location: `/v1/issues/${row.id}` })
  })
