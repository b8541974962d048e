import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'
import type { Comment, Diary, NewDiary, Problem } from '@minqing/core'
import type { LightMyRequestResponse } from 'fastify'
import type { TestApp } from '../../testing/app.ts'
import { testVillage, type TokenInput } from '../../testing/tokens.ts'

/** People of the tests: two of one village, one of another town, one who only reads. */
export const chen: TokenInput = { sub: 'chen', name: '陈立军' }
export const wang: TokenInput = {
  sub: 'wang',
  name: '王小芳',
  title: '网格员',
  grants: [{ role: 'gridWorker', area: `${testVillage}001` }],
}
export const li: TokenInput = {
  sub: 'li',
  name: '李春燕',
  grants: [{ role: 'villageOfficer', area: '330683102201' }],
}
export const auditor: TokenInput = {
  sub: 'shen',
  name: '沈明',
  grants: [{ role: 'auditor', area: '330683' }],
}
export const provincial: TokenInput = { sub: 'zhe', name: '浙', grants: [{ role: 'auditor', area: '33' }] }
/** Of the neighbor county. */
export const stranger: TokenInput = { sub: 'far', name: '远', grants: [{ role: 'leader', area: '330604' }] }

export const newDiary = (more: Partial<NewDiary> = {}): NewDiary => ({
  id: randomUUID(),
  area: testVillage,
  kind: 'visit',
  text: '今天走访了王大爷,一切都好。#走访',
  ...more,
})

export async function write(
  server: TestApp,
  more: Partial<NewDiary> = {},
  as: TokenInput = chen,
): Promise<Diary> {
  const answer = await server.ask('POST /v1/diaries', { as, body: newDiary(more) })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<Diary>()
}

export async function comment(
  server: TestApp,
  diaryId: string,
  as: TokenInput = wang,
  text = '学习了',
): Promise<Comment> {
  const body = { id: randomUUID(), text }
  const answer = await server.ask(`POST /v1/diaries/${diaryId}/comments`, { as, body })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<Comment>()
}

/** Checks that an answer is this problem; gives it for a closer look. */
export function refused(answer: LightMyRequestResponse, status: number, code: string): Problem {
  assert.equal(answer.statusCode, status, answer.body)
  assert.match(String(answer.headers['content-type']), /application\/problem\+json/)
  const problem = answer.json<Problem>()
  assert.equal(problem.code, code)
  return problem
}
