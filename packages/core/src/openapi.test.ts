import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openapi } from './openapi.ts'

interface Document {
  paths: Record<
    string,
    Record<string, { operationId: string; parameters: { $ref?: string }[]; security: object[] }>
  >
  components: { schemas: Record<string, unknown> }
}
const documentOf = (demo: boolean) =>
  openapi({ version: '1.2.3', url: 'https://minqing.example', demo }) as unknown as Document

/** Every `$ref` anywhere in a value. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  )
}

test('every reference points at something that is there', () => {
  const document = documentOf(true)
  for (const reference of references(document)) {
    const found = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
    assert.ok(found, reference)
  }
})

test('named shapes become components, once, under their names', () => {
  const names = Object.keys(documentOf(true).components.schemas)
  assert.ok(names.includes('Diary') && names.includes('NewDiary') && names.includes('Problem'))
  assert.ok(names.every((name) => /^[A-Z]\w+$/.test(name) && !/^def/.test(name)))
})

test('operations of the demo are only in the document of a demo', () => {
  assert.ok(documentOf(true).paths['/v1/demo/token'])
  assert.equal(documentOf(false).paths['/v1/demo/token'], undefined)
})

test('every POST asks for an Idempotency-Key, every edit of a version for If-Match', () => {
  const { paths } = documentOf(true)
  const asks = (path: string, method: string, name: string) =>
    paths[path]?.[method]?.parameters.some((parameter) => parameter.$ref?.endsWith(`/${name}`))
  for (const [path, methods] of Object.entries(paths)) {
    if (methods.post) assert.ok(asks(path, 'post', 'IdempotencyKey'), path)
  }
  assert.ok(asks('/v1/diaries/{id}', 'patch', 'IfMatch'))
  assert.ok(asks('/v1/diaries/{id}', 'delete', 'IfMatch'))
})
