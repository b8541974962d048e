import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { operations, type Issue, type Operations, type Report } from '@minqing/core'
import type { TestApp, TestRequest } from './app.ts'
import type { TokenInput } from './tokens.ts'

export const county = '330683'
export const village = '330683100201'
export const otherVillage = '330683102201'

/** The persons of a circle: from the resident who reports to the leaders who are asked for help. */
export const people = {
  resident: {
    sub: 'resident-1',
    name: '何秀英',
    title: '村民',
    grants: [{ role: 'resident', area: county }],
  },
  neighbor: {
    sub: 'resident-2',
    name: '王大伟',
    title: '村民',
    grants: [{ role: 'resident', area: county }],
  },
  officer: { sub: 'officer-1', name: '陈立军', grants: [{ role: 'villageOfficer', area: village }] },
  dispatcher: { sub: 'dispatcher-1', name: '徐敏', grants: [{ role: 'dispatcher', area: county }] },
  dispatcher2: { sub: 'dispatcher-2', name: '钱勇', grants: [{ role: 'dispatcher', area: county }] },
  townDispatcher: { sub: 'dispatcher-3', name: '方芳', grants: [{ role: 'dispatcher', area: '330683102' }] },
  builder: { sub: 'builder-1', name: '孙建国', grants: [{ role: 'handler', area: county, unit: 'jianshe' }] },
  builder2: { sub: 'builder-2', name: '李工', grants: [{ role: 'handler', area: county, unit: 'jianshe' }] },
  driver: { sub: 'driver-1', name: '马路', grants: [{ role: 'handler', area: county, unit: 'jiaotong' }] },
  leader: { sub: 'leader-1', name: '周正平', grants: [{ role: 'leader', area: county }] },
} satisfies Record<string, TokenInput>
export type PersonName = keyof typeof people

/** Two units and two categories, as an administrator would have entered them. */
export async function addCatalogue(server: TestApp): Promise<void> {
  await server.owner.query(
    `insert into unit (county, id, name, kind, area_code, email, active) values
      ('${county}', 'jianshe', '住房和城乡建设局', 'department', '${county}', 'jianshe@example.gov.cn', true),
      ('${county}', 'jiaotong', '交通运输局', 'department', '${county}', null, true)
      on conflict do nothing`,
  )
  await server.owner.query(
    `insert into category (county, code, name, full_name, kind, words) values
      ('${county}', '01', '城乡建设', '城乡建设', 'complaint', '{}'),
      ('${county}', '0103', '路灯', '城乡建设 / 路灯', 'complaint', '{路灯}') on conflict do nothing`,
  )
}

export interface Circle {
  ask(
    who: PersonName | null,
    route: `${string} /${string}`,
    body?: unknown,
    more?: TestRequest,
  ): ReturnType<TestApp['ask']>
  /** A report of the resident. */
  report(change?: object, who?: 'resident' | 'neighbor'): Promise<Report>
  status(receipt: string): Promise<Report>
  issue(id: string): Promise<Issue>
  /** Does an action to the issue as it now is, and expects it to succeed. */
  act(who: PersonName, id: string, action: keyof Operations['issues'], body?: object): Promise<Issue>
  /** From the report to the answer that waits for its rating. */
  answer(id: string): Promise<Issue>
}

export function circle(server: TestApp): Circle {
  const ask: Circle['ask'] = (who, route, body, more = {}) =>
    server.ask(route, {
      as: who === null ? null : people[who],
      ...(body === undefined ? {} : { body }),
      ...more,
    })
  const issue = async (id: string) => {
    const { rows } = await server.owner.query<{ wire: string }>('select wire from issue where id = $1', [id])
    return JSON.parse(rows[0]!.wire) as Issue
  }
  const act: Circle['act'] = async (who, id, action, body = {}) => {
    const { version } = await issue(id)
    const route = operations.issues[action].route.replace(':id', id) as `${string} /${string}`
    const answer = await ask(who, route, body, { headers: { 'if-match': `"${version}"` } })
    assert.equal(answer.statusCode, 200, `${action}: ${answer.body}`)
    return answer.json<Issue>()
  }
  return {
    ask,
    issue,
    act,
    async report(change = {}, who = 'resident') {
      const body = { id: randomUUID(), area: village, text: '村口的路灯三天没有亮了', ...change }
      const answer = await ask(who, 'POST /v1/reports', body)
      assert.equal(answer.statusCode, 201, answer.body)
      return answer.json<Report>()
    },
    async status(receipt) {
      const answer = await ask(null, `GET /v1/report-status?receipt=${receipt}`)
      assert.equal(answer.statusCode, 200, answer.body)
      return answer.json<Report>()
    },
    async answer(id) {
      await act('dispatcher', id, 'triage', { category: '0103' })
      await act('dispatcher', id, 'dispatch', { lead: { unit: 'jianshe' } })
      await act('builder', id, 'accept')
      await act('builder', id, 'answer', { text: '已更换灯泡' })
      return act('dispatcher', id, 'approveAnswer')
    },
  }
}
