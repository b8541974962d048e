// A department's worker: takes the issues that are dispatched to a unit into the department's own work orders, and
// brings progress and results back. Run it with MINQING_URL, MINQING_TOKEN_URL, WORK_ORDERS_URL, AREA and UNIT; Ctrl-C
// ends it. It keeps nothing: after a restart it finds its work by asking both sides.
import { createClient, isMinqingError } from '@minqing/client'

const { MINQING_URL, MINQING_TOKEN_URL, WORK_ORDERS_URL, AREA, UNIT, POLL_SECONDS = '60' } = process.env
if (!MINQING_URL || !MINQING_TOKEN_URL || !WORK_ORDERS_URL || !AREA || !UNIT) {
  throw new Error('Set MINQING_URL, MINQING_TOKEN_URL, WORK_ORDERS_URL, AREA and UNIT.')
}
const [area, unit, orders] = [AREA, UNIT, WORK_ORDERS_URL]

const mq = createClient({
  baseUrl: MINQING_URL,
  // The department's own back end signs tokens with the role `handler` and the unit; see the token guide.
  getToken: async () => (await fetch(MINQING_TOKEN_URL)).text(),
})
type Issue = Awaited<ReturnType<typeof mq.issues.get>>

/** What the department's own system says about the work order of an issue. */
interface Order {
  /** What has been done since; goes into the timeline, each once. */
  notes: string[]
  /** The result, when it is there. */
  result?: { text: string; outcome: 'solved' | 'explained' }
}

/** Opens the work order, or reads it: PUT, so that a repeated one makes no second order. */
async function orderOf({ number, title, text, area: place, assignments }: Issue): Promise<Order> {
  const part = assignments.findLast((one) => one.unit.id === unit)
  const answer = await fetch(`${orders}/${number}-${part?.id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number, title, text, place: place.name, task: part?.task, dueAt: part?.dueAt }),
  })
  if (!answer.ok) throw new Error(`work orders: ${answer.status}`)
  return (await answer.json()) as Order
}

/** What this unit has told about an assignment before, also before a restart. */
async function toldOf(id: string, assignment: number): Promise<Set<unknown>> {
  const { items } = await mq.issues.timeline({ id })
  const notes = items.filter(
    ({ action, data }) => action === 'addProgress' && data['assignment'] === assignment,
  )
  return new Set(notes.map(({ data }) => data['note']))
}

/** Brings one issue as far as it goes now. */
async function work(id: string): Promise<void> {
  let issue = await mq.issues.get({ id })
  const mine = () =>
    issue.assignments.findLast(
      (part) => part.unit.id === unit && (part.state === 'offered' || part.state === 'accepted'),
    )
  if (mine()?.state === 'offered') {
    issue = await mq.issues.accept({ id, unit }, issue)
    console.log(`${issue.number}\taccepted\t${issue.title}`)
  }
  const part = mine()
  if (!part) return
  const { notes, result } = await orderOf(issue)
  const told = await toldOf(id, part.id)
  for (const note of notes.filter((one) => !told.has(one))) {
    issue = await mq.issues.addProgress({ id, unit, note }, issue)
    console.log(`${issue.number}\tprogress\t${note}`)
  }
  // A suspended part, or one that waits for a decision, is answered when that is over.
  if (!result || part.request || part.suspendedAt) return
  issue = await mq.issues.answer({ id, unit, ...result }, issue)
  console.log(`${issue.number}\tanswered\t${result.text}`)
}

/** Works on an issue until there is nothing more to do now. Somebody else may have been faster: that is no failure. */
async function settle(id: string): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await work(id)
    } catch (error) {
      // Changed since it was read: read again and decide anew, from what is true now.
      if (isMinqingError(error, 'version_conflict')) continue
      // A colleague has done it, it was recalled meanwhile, or an assisting unit is still at work. The next event or
      // round comes back to it.
      if (isMinqingError(error, 'action_unavailable')) return
      if (isMinqingError(error, 'assist_open')) return
      // No longer one of ours.
      if (isMinqingError(error, 'not_found')) return
      throw error
    }
  }
}

const waiting = new Set<string>()
let busy = false
/** One issue after the other; an issue that changes while it is worked on comes once more. */
async function wake(...ids: string[]): Promise<void> {
  for (const id of ids) waiting.add(id)
  if (busy) return
  busy = true
  for (const id of waiting) {
    waiting.delete(id)
    // What fails for another reason (no network, the department's system is down) comes again with the next round.
    await settle(id).catch((error: unknown) => console.error(`${id}\t${String(error)}`))
  }
  busy = false
}

/** All open issues of the unit: at the start, when events were missed, and once a while for what is new in the orders. */
async function round(): Promise<void> {
  const ids: string[] = []
  for await (const { id } of mq.issues.list({ area, unit, state: 'open' })) ids.push(id)
  await wake(...ids)
}

// Listening begins before the first round, so that nothing falls between the two.
mq.live.on('issue.created', ({ issueId }) => void wake(issueId), { area })
mq.live.on('issue.changed', ({ issueId }) => void wake(issueId), { area })
mq.live.on('reset', () => void retried(), { area })
const timer = setInterval(() => void retried(), Number(POLL_SECONDS) * 1000)
process.once('SIGINT', () => {
  clearInterval(timer)
  void mq.close()
})

async function retried(): Promise<void> {
  await round().catch((error: unknown) => {
    if (!isMinqingError(error)) throw error
    console.error(`${error.code}\t${error.titles['zh-CN']}`)
  })
}
await retried()
