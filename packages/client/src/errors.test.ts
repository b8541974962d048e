import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MinqingError, clientError, errorOfAnswer, isMinqingError, parseRetryAfter } from './errors.ts'

test('a problem document becomes an error with its code, titles and fields', () => {
  const error = errorOfAnswer(
    400,
    {
      type: 'urn:minqing:problem:invalid_input',
      status: 400,
      code: 'invalid_input',
      title: '填写的内容不符合要求',
      titles: { 'zh-CN': '填写的内容不符合要求', en: 'The input does not fit the expected shape' },
      fields: [{ path: '/text', rule: 'maxLength', limit: 5000 }],
    },
    null,
  )
  assert.equal(error.code, 'invalid_input')
  assert.equal(error.status, 400)
  assert.equal(error.titles['zh-CN'], '填写的内容不符合要求')
  assert.deepEqual(error.fields, [{ path: '/text', rule: 'maxLength', limit: 5000 }])
  assert.ok(isMinqingError(error, 'invalid_input'))
  assert.ok(!isMinqingError(error, 'offline'))
})

test('what a gateway answers is told by its status, and never taken for a word of the server', () => {
  assert.equal(errorOfAnswer(502, '<html>', null).code, 'unavailable')
  assert.equal(errorOfAnswer(503, undefined, '7').retryAfterMs, 7000)
  assert.equal(errorOfAnswer(401, '', null).code, 'unauthenticated')
  assert.equal(errorOfAnswer(413, '', null).code, 'body_too_large')
  assert.equal(errorOfAnswer(404, '<html>', null).code, 'bad_response')
})

test('Retry-After is read as seconds or as a date', () => {
  const now = Date.parse('2026-03-01T00:00:00Z')
  assert.equal(parseRetryAfter('3', now), 3000)
  assert.equal(parseRetryAfter('Sun, 01 Mar 2026 00:00:05 GMT', now), 5000)
  assert.equal(parseRetryAfter('Sun, 01 Mar 2026 00:00:00 GMT', now + 9000), 0)
  assert.equal(parseRetryAfter('soon', now), undefined)
  assert.equal(parseRetryAfter(null, now), undefined)
})

test('an error survives JSON, and one of another copy of the client is recognized', () => {
  const error = clientError('quota_full', new Error('disk'))
  assert.deepEqual(JSON.parse(JSON.stringify(error)), {
    code: 'quota_full',
    titles: { 'zh-CN': '本机存储空间已满，内容没有保存', en: error.titles.en },
  })
  const foreign = Object.assign(new Error('x'), { name: 'MinqingError', code: 'quota_full' })
  assert.ok(isMinqingError(foreign, 'quota_full'))
  assert.ok(!isMinqingError(new Error('quota_full')))
  assert.ok(error instanceof MinqingError)
})
