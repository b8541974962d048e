import { newId, type Client } from '@minqing/client'
import type { Issue, NewReport, Report } from '@minqing/core/wire'
import { clientOf, officer, type Somebody } from './server.ts'

/** A village of the demo's areas. */
export const village = '330683100201'
export const county = '330683'

/** A resident nobody else is. */
export const resident = (more: Partial<Somebody> = {}): Somebody =>
  officer(county, { name: '何秀英', title: '村民', grants: [{ role: 'resident', area: county }], ...more })

export const dispatcher = (): Somebody =>
  officer(county, { name: '徐敏', title: '受理中心', grants: [{ role: 'dispatcher', area: county }] })

/** Works for the unit that builds and mends. */
export const builder = (): Somebody =>
  officer(county, {
    name: '孙建国',
    title: '住建局',
    grants: [{ role: 'handler', area: county, unit: 'zhujian' }],
  })

const asked = new Map<string, Client>()
afterEach(async () => {
  const clients = [...asked.values()]
  asked.clear()
  await Promise.all(clients.map((client) => client.close()))
})

/** The person's own client, closed after the test. */
export async function actingAs(person: Somebody): Promise<Client> {
  const known = asked.get(person.sub)
  if (known) return known
  const client = await clientOf(person)
  asked.set(person.sub, client)
  return client
}

/** Reports something as somebody. */
export const reportOf = async (person: Somebody, more: Partial<NewReport> = {}): Promise<Report> =>
  (await actingAs(person)).reports.create({
    id: newId(),
    area: village,
    text: '村口的路灯三天没有亮了',
    ...more,
  })

/** Takes an issue on and hands it to the unit. */
export async function dispatch(id: string, center: Somebody): Promise<Issue> {
  const { issues } = await actingAs(center)
  const { version } = await issues.get({ id })
  const triaged = await issues.triage({ id, category: '010101' }, { version })
  return issues.dispatch({ id, lead: { unit: 'zhujian' } }, { version: triaged.version })
}

/** The whole way to an answer that waits for its rating. */
export async function answer(id: string, center = dispatcher(), unit = builder()): Promise<Issue> {
  const handler = (await actingAs(unit)).issues
  const dispatched = await dispatch(id, center)
  const accepted = await handler.accept({ id }, { version: dispatched.version })
  const answered = await handler.answer({ id, text: '已更换灯泡，夜里亮了' }, { version: accepted.version })
  return (await actingAs(center)).issues.approveAnswer({ id }, { version: answered.version })
}
