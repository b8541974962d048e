import { isOpen, type Flow } from '@minqing/core'
import { sql } from 'kysely'
import type { Tx } from '../internal/handler.ts'
import type { Told } from '../internal/issues/seams.ts'
import type { Recipient } from '../internal/message-channel.ts'
import { compose } from './compose.ts'
import type { Entry, NotifyOptions } from './notify.ts'

async function recipientsOf(
  tx: Tx,
  entries: readonly Entry[],
  county: string,
): Promise<Map<string, Recipient>> {
  const units = entries.flatMap(({ unit }) => (unit === null ? [] : [unit]))
  const { rows } =
    units.length === 0
      ? { rows: [] }
      : await sql<{ id: string; email: string }>`
          select id, email from mq_unit_emails(${county}, ${units}::text[])`.execute(tx)
  const emails = new Map(rows.map(({ id, email }) => [id, email]))
  const found = new Map<string, Recipient>()
  for (const { id, unit, person } of entries) {
    if (unit !== null) found.set(id, { kind: 'unit', county, id: unit, email: emails.get(unit) ?? null })
    else if (person !== null) found.set(id, { kind: 'person', id: person })
  }
  return found
}

/** What a letter needs of the issue besides what was told. */
async function detailsOf(tx: Tx, told: Told): Promise<{ flow: Flow | undefined; secret: string[] }> {
  const { rows } = await sql<{ flow: Flow; name: string | null }>`
    select flow, resident ->> 'name' as name from issue
    where county = ${told.county} and id = ${told.id}`.execute(tx)
  const name = rows[0]?.name
  const secret = [...(name ? [name] : []), ...(told.byResident ? [told.reporter.name] : [])]
  return { flow: rows[0]?.flow, secret }
}

/** The deadline of what the unit has to do now. */
function dueOf(unit: string | null, flow: Flow | undefined, told: Told): Date | null {
  const part = flow?.assignments.find((one) => one.unit.id === unit && isOpen(one))
  const due = told.dueAt ?? part?.dueAt
  return due === undefined || due === null ? null : new Date(due)
}

/** Queues messages to those addressed whom the channel reaches. Desks have no address of their own. */
export async function sendLetters(
  tx: Tx,
  entries: readonly Entry[],
  told: Told,
  { messages, issueUrl }: NotifyOptions,
): Promise<void> {
  if (!messages.active) return
  const recipients = await recipientsOf(tx, entries, told.county)
  const reached = entries.filter(({ id }) => {
    const to = recipients.get(id)
    return to !== undefined && messages.reaches(to)
  })
  if (reached.length === 0) return
  const { flow, secret } = await detailsOf(tx, told)
  const letters = reached.map(({ id, type, unit }) => {
    const { number, title } = told
    const dueAt = dueOf(unit, flow, told)
    return compose(
      { id, to: recipients.get(id)!, type, issue: told.id, number, title, secret, dueAt },
      issueUrl,
    )
  })
  await messages.enqueue(tx, letters)
}
