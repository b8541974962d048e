import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problems } from './errors.ts'
import { methodOf, pathOf, type Operation } from './internal/operation.ts'
import { operations } from './operations.ts'
import { anonymousOperations, pagedOperations, routes } from './wire.ts'

const all = Object.entries<Record<string, Operation>>(operations).flatMap(([feature, group]) =>
  Object.entries(group).map(([name, operation]) => ({ id: `${feature}.${name}`, feature, name, operation })),
)

test('what the browser carries names every operation with its route', () => {
  const carried = Object.entries<Record<string, string>>(routes).flatMap(([feature, group]) =>
    Object.entries(group).map(([name, route]) => [`${feature}.${name}`, route]),
  )
  assert.deepEqual(carried.sort(), all.map(({ id, operation }) => [id, operation.route]).sort())
})

test('the browser knows which operations answer with pages', () => {
  assert.deepEqual(
    [...pagedOperations].sort(),
    all
      .filter(({ operation }) => operation.paged)
      .map(({ id }) => id)
      .sort(),
  )
})

test('the browser knows which operations need no token', () => {
  assert.deepEqual(
    [...anonymousOperations].sort(),
    all
      .filter(({ operation }) => operation.capability === null)
      .map(({ id }) => id)
      .sort(),
  )
})

test('no two operations share a route', () => {
  assert.equal(new Set(all.map(({ operation }) => operation.route)).size, all.length)
})

for (const { id, operation } of all) {
  test(`${id}: path parameters are the ones that it declares`, () => {
    const inPath = [...pathOf(operation.route).matchAll(/:(\w+)/g)].map((match) => match[1])
    assert.deepEqual(inPath.sort(), Object.keys(operation.params?.properties ?? {}).sort())
  })

  test(`${id}: path, query and body share no field, so that one flat input can carry them`, () => {
    const names = [operation.params, operation.query, operation.body].flatMap((part) =>
      Object.keys(part?.properties ?? {}),
    )
    assert.equal(new Set(names).size, names.length)
  })

  test(`${id}: sends a body only where its method has one`, () => {
    const hasBody = operation.body !== undefined
    assert.ok(!hasBody || ['POST', 'PUT', 'PATCH'].includes(methodOf(operation.route)))
  })
}

test('every problem has both titles and a status that is a failure', () => {
  for (const [code, [status, zh, en]] of Object.entries(problems)) {
    assert.match(code, /^[a-z]+(_[a-z]+)*$/)
    assert.ok(status >= 400 && status < 600, code)
    assert.match(zh, /\p{Script=Han}/u, code)
    assert.doesNotMatch(en, /\p{Script=Han}/u, code)
  }
})
