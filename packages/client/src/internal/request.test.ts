import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toRequest } from './request.ts'

test('a flat input is distributed over path, query and body', () => {
  assert.deepEqual(toRequest('GET /v1/diaries', { area: '330683', q: '香榧 树', kind: undefined }), {
    method: 'GET',
    path: `/v1/diaries?area=330683&q=${encodeURIComponent('香榧 树')}`,
  })
  assert.deepEqual(toRequest('POST /v1/diaries/:diaryId/comments', { diaryId: 'd', id: 'c', text: '好' }), {
    method: 'POST',
    path: '/v1/diaries/d/comments',
    body: '{"id":"c","text":"好"}',
  })
  assert.deepEqual(toRequest('PUT /v1/diaries/:id/useful', { id: 'd' }), {
    method: 'PUT',
    path: '/v1/diaries/d/useful',
  })
})

test('a value in a path stays one segment', () => {
  assert.equal(toRequest('GET /v1/areas/:code', { code: '../me?x#y' }).path, '/v1/areas/..%2Fme%3Fx%23y')
})

test('a missing path parameter is a mistake of the caller, told before anything is sent', () => {
  assert.throws(() => toRequest('GET /v1/areas/:code', {}), /needs code/)
  assert.throws(() => toRequest('GET /v1/areas/:code', { code: '' }), TypeError)
})
