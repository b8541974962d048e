import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operations, problems } from '@minqing/core'
import { apiReference, roleNames } from '../../docs/lib/api.ts'
import { codeBlock } from '../../docs/lib/highlight.ts'
import { componentApis } from '../../docs/lib/manifest.ts'
import { inlineCode } from '../../docs/lib/text.ts'
import { builtAssets } from '../support/assets.ts'
import { widgets } from './support.ts'

test('the API reference has every operation and every problem', () => {
  const { groups, problems: listed } = apiReference()
  const shown = groups.flatMap((group) => group.operations.map(({ id }) => id))
  const all = Object.entries(operations).flatMap(([feature, group]) =>
    Object.keys(group).map((name) => `${feature}.${name}`),
  )
  assert.deepEqual(shown, all)
  assert.deepEqual(
    listed.map(({ code }) => code),
    Object.keys(problems),
  )
})

test('the reference says who may, and how far', () => {
  const { groups } = apiReference()
  const list = groups.flatMap(({ operations }) => operations).find(({ id }) => id === 'diaries.list')!
  assert.deepEqual(
    list.holders.find(({ role }) => role === 'gridWorker'),
    { role: 'gridWorker', name: roleNames.gridWorker, reach: '本乡镇' },
  )
  assert.ok(!list.holders.some(({ role }) => role === 'resident'))
})

test('every shape that a type links to is described', () => {
  const { groups, shapes } = apiReference()
  const described = new Set(shapes.map(({ title }) => `#shape-${title.toLowerCase()}`))
  const types = [
    ...groups.flatMap(({ operations }) =>
      operations.flatMap(({ inputs, output }) => [
        output,
        ...inputs.flatMap(({ fields }) => fields.map(({ type }) => type)),
      ]),
    ),
    ...shapes.flatMap(({ fields }) => fields.map(({ type }) => type)),
  ]
  for (const [, link] of types.join(' ').matchAll(/href="([^"]+)"/g)) assert.ok(described.has(link!), link)
})

test('each widget page has its API from the manifest', async () => {
  await builtAssets()
  const apis = componentApis()
  for (const tag of widgets) {
    const api = apis[tag]
    assert.ok(api, tag)
    for (const list of [api.properties, api.events, api.parts, api.cssProperties]) assert.ok(list.length > 0)
  }
})

test('descriptions and code are escaped', () => {
  assert.equal(inlineCode('<b> & `a<b`'), '&lt;b&gt; &amp; <code>a&lt;b</code>')
  assert.equal(inlineCode(undefined), '')
  assert.match(codeBlock('<script>', 'text'), /&lt;script&gt;/)
})
