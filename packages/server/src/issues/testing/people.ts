import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'
import type { Issue, NewIssue } from '@minqing/core'
import type { LightMyRequestResponse } from 'fastify'
import type { TestApp } from '../../testing/app.ts'
import { testVillage, type TokenInput } from '../../testing/tokens.ts'

export const county = '330683'
const grant = (role: NonNullable<TokenInput['grants']>[number]['role'], area: string, unit?: string) => [
  { role, area, ...(unit === undefined ? {} : { unit }) },
]

/** An officer of a village, and the one of another town. */
export const chen: TokenInput = { sub: 'chen', name: '陈立军', grants: grant('villageOfficer', testVillage) }
export const li: TokenInput = { sub: 'li', name: '李春燕', grants: grant('villageOfficer', '330683102201') }
/** The center of the county, and that of one other town. */
export const center: TokenInput = {
  sub: 'ding',
  name: '丁晓',
  title: '调度员',
  grants: grant('dispatcher', county),
}
export const otherCenter: TokenInput = { sub: 'tu', name: '屠远', grants: grant('dispatcher', '330683102') }
/** Of the departments for building, traffic and water. */
export const builder: TokenInput = { sub: 'jian', name: '蒋工', grants: grant('handler', county, 'jianshe') }
export const builder2: TokenInput = {
  sub: 'jian2',
  name: '姜工',
  grants: grant('handler', county, 'jianshe'),
}
export const traffic: TokenInput = { sub: 'jiao', name: '焦明', grants: grant('handler', county, 'jiaotong') }
export const water: TokenInput = { sub: 'shui', name: '水清', grants: grant('handler', county, 'shuili') }
export const leader: TokenInput = { sub: 'zhou', name: '周正平', grants: grant('leader', county) }
export const auditor: TokenInput = { sub: 'shen', name: '沈明', grants: grant('auditor', county) }
/** Of the neighbor county: a center, and a unit with the same id. */
export const stranger: TokenInput = { sub: 'far', name: '远', grants: grant('dispatcher', '330604') }
export const namesake: TokenInput = { sub: 'far2', name: '遥', grants: grant('handler', '330604', 'jianshe') }
export const resident: TokenInput = { sub: 'wu', name: '吴大妈', grants: grant('resident', testVillage) }

/** Units and categories, written as the owner. */
export async function addCatalogue(server: TestApp): Promise<void> {
  await server.owner.query(`
    insert into unit (county, id, name, kind, area_code, active) values
      ('${county}', 'jianshe', '住房和城乡建设局', 'department', '${county}', true),
      ('${county}', 'jiaotong', '交通运输局', 'department', '${county}', true),
      ('${county}', 'shuili', '水利局', 'department', '${county}', true),
      ('${county}', 'old', '旧单位', 'department', '${county}', false)`)
  await server.owner.query(`
    insert into category (county, code, name, full_name, kind, days, words, active) values
      ('${county}', '01', '城乡建设', '城乡建设', 'complaint', null, '{}', true),
      ('${county}', '0103', '路灯', '城乡建设 / 路灯', 'complaint', 5, '{路灯}', true),
      ('${county}', '02', '交通运输', '交通运输', 'complex', null, '{}', true),
      ('${county}', '09', '停用', '停用', 'help', null, '{}', false)`)
}

export const newIssue = (more: Partial<NewIssue> = {}): NewIssue => ({
  id: randomUUID(),
  area: testVillage,
  text: '村口的路灯坏了三天,老人晚上出门不安全。',
  ...more,
})

export async function report(
  server: TestApp,
  more: Partial<NewIssue> = {},
  as: TokenInput = chen,
): Promise<Issue> {
  const answer = await server.ask('POST /v1/issues', { as, body: newIssue(more) })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<Issue>()
}

/** Does an action to an issue in the version given; `path` is the last part of the address. */
export const attempt = (
  server: TestApp,
  issue: Pick<Issue, 'id' | 'version'>,
  path: string,
  as: TokenInput,
  body: object = {},
): Promise<LightMyRequestResponse> =>
  server.ask(`POST /v1/issues/${issue.id}/${path}`, {
    as,
    body,
    headers: { 'if-match': `"${issue.version}"` },
  })

/** The same, when it must succeed. */
export async function doing(
  server: TestApp,
  issue: Pick<Issue, 'id' | 'version'>,
  path: string,
  as: TokenInput,
  body: object = {},
): Promise<Issue> {
  const answer = await attempt(server, issue, path, as, body)
  assert.equal(answer.statusCode, 200, `${path}: ${answer.body}`)
  const after = answer.json<Issue>()
  assert.equal(answer.headers.etag, `"${after.version}"`)
  return after
}

/** Brings a new issue to where a unit works on it. */
export async function dispatched(
  server: TestApp,
  more: { issue?: Partial<NewIssue>; assists?: string[] } = {},
): Promise<Issue> {
  const issue = await report(server, more.issue)
  const triaged = await doing(server, issue, 'triage', center, { category: '0103' })
  return doing(server, triaged, 'dispatch', center, {
    lead: { unit: 'jianshe' },
    assists: (more.assists ?? []).map((unit) => ({ unit })),
  })
}

/** Brings a new issue to where its resident is asked. */
export async function answeredIssue(server: TestApp, more: Partial<NewIssue> = {}): Promise<Issue> {
  const accepted = await doing(server, await dispatched(server, { issue: more }), 'acceptance', builder)
  return doing(server, accepted, 'answer', builder, { text: '已更换灯泡。' })
}
