import {
  blurPlace,
  countyOf,
  type NewAnonymousReport,
  type NewReport,
  type Person,
  type Place,
  type Resident,
} from '@minqing/core'
import { areaRef } from '../internal/area-names.ts'
import { categoryRef } from '../internal/catalogue.ts'
import type { Tx } from '../internal/handler.ts'
import { requestHash, type IssueDesk, type IssueRow, type Submission } from '../internal/issue-desk.ts'
import { claimIssuePhotos } from '../internal/photos.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { receiptHash, type Receipts } from './receipt.ts'

type Input = NewAnonymousReport & Pick<NewReport, 'photos'>

/** How to reach whoever reported it: what they wrote, and for a phone without a name the one they signed in with. */
const residentOf = ({ name, phone }: Input, reporter: Person): Resident | null =>
  name === undefined && phone === undefined
    ? null
    : { name: name ?? reporter.name, ...(phone === undefined ? {} : { phone }) }

const storedPlace = (place: Place | undefined): Place | null =>
  place ? (JSON.parse(JSON.stringify(blurPlace(place))) as Place) : null

async function toSubmission(tx: Tx, input: Input, reporter: Person, receipts: Receipts): Promise<Submission> {
  const county = countyOf(input.area)
  const area = await areaRef(tx, input.area)
  const category = input.category === undefined ? null : await categoryRef(tx, county, input.category)
  if (category === undefined) throw new ProblemError('category_unknown')
  const claim = { county, ids: input.photos ?? [], issueId: input.id, area: input.area }
  return {
    ...{ county, id: input.id, area, text: input.text, category },
    source: 'report',
    diary: null,
    photos: await claimIssuePhotos(tx, claim),
    place: storedPlace(input.place),
    resident: residentOf(input, reporter),
    receiptHash: receiptHash(receipts.of({ county, id: input.id })),
    requestHash: requestHash(input),
  }
}

/**
 * Makes an issue of a report, under the id that the client made: however often it is sent, there is one.
 *
 * @throws ProblemError `area_not_found`, `category_unknown`, `photo_unknown`, `id_taken`
 */
export async function makeReport(
  tx: Tx,
  { desk, receipts }: { desk: IssueDesk; receipts: Receipts },
  input: Input,
  by: { actor: Person; at: number },
): Promise<IssueRow> {
  // a county and what lies below: numbers are drawn by county
  if (input.area.length < 6) throw new ProblemError('area_not_found')
  const made = await desk.alreadyMade(tx, {
    ...{ county: countyOf(input.area), id: input.id, diary: null },
    ...{ reporter: by.actor.id, requestHash: requestHash(input) },
  })
  return made ?? desk.submit(tx, await toSubmission(tx, input, by.actor, receipts), by)
}
