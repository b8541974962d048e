import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMinqingError } from '../errors.ts'
import { createTokens, subjectOf } from './tokens.ts'

test('the host is asked once, whoever asks at the same time', async () => {
  let asked = 0
  const tokens = createTokens(async () => `token-${++asked}`)
  assert.deepEqual(await Promise.all([tokens.get(), tokens.get()]), ['token-1', 'token-1'])
  assert.equal(await tokens.get(), 'token-1')
  assert.equal(asked, 1)
})

test('a refused token is refreshed once for all who were refused', async () => {
  const hows: boolean[] = []
  const tokens = createTokens(({ refresh }) => {
    hows.push(refresh)
    return `token-${hows.length}`
  })
  await tokens.get()
  const fresh = await Promise.all([tokens.refresh('token-1'), tokens.refresh('token-1'), tokens.get()])
  assert.deepEqual(fresh, ['token-2', 'token-2', 'token-2'])
  assert.equal(await tokens.refresh('token-1'), 'token-2', 'one who learns late gets what is there')
  assert.deepEqual(hows, [false, true])
})

test('a failure is told by kind, and not kept', async () => {
  const answers: (() => string)[] = [
    () => {
      throw new TypeError('Failed to fetch')
    },
    () => {
      throw new Error('no session')
    },
    () => '',
    () => 'good',
  ]
  const tokens = createTokens(() => answers.shift()!())
  await assert.rejects(tokens.get(), (error) => isMinqingError(error, 'offline'))
  await assert.rejects(tokens.get(), (error) => isMinqingError(error, 'unauthenticated'))
  await assert.rejects(tokens.get(), (error) => isMinqingError(error, 'unauthenticated'))
  assert.equal(await tokens.get(), 'good')
})

test('the subject is read from a JWT in whatever characters it is written', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  assert.equal(subjectOf(`${part({ alg: 'HS256' })}.${part({ sub: '陈立军', name: '陈' })}.sig`), '陈立军')
  assert.equal(subjectOf('opaque'), undefined)
  assert.equal(subjectOf(`x.${part({ sub: 7 })}.y`), undefined)
})
