import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { templates } from '../../packages/elements/src/locales/en.ts'

const folder = fileURLToPath(new URL('../../packages/elements/src/', import.meta.url))

/** A message in the code: its id, its Chinese text, and how many values it has. */
interface Message {
  id: string | undefined
  text: string
  values: number
  where: string
}

function messagesOf(file: string): Message[] {
  const source = ts.createSourceFile(file, readFileSync(folder + file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Message[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'msg') found.push(messageOf(node, file))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function messageOf(call: ts.CallExpression, file: string): Message {
  const [text, options] = call.arguments
  const id = /id: '([^']+)'/.exec(options?.getText() ?? '')?.[1]
  const template = text && ts.isTaggedTemplateExpression(text) ? text.template : undefined
  const values = template && ts.isTemplateExpression(template) ? template.templateSpans.length : 0
  const { line } = call.getSourceFile().getLineAndCharacterOfPosition(call.getStart())
  const chinese = text?.getText().replace(/\$\{[^}]*\}/g, '${}') ?? ''
  return { id, text: chinese, values, where: `${file}:${line + 1}` }
}

const messages: Message[] = []
for await (const file of glob('**/*.ts', { cwd: folder })) {
  if (!file.endsWith('.test.ts')) messages.push(...messagesOf(file))
}
const english: Record<string, string | { strTag: true; values: unknown[] }> = templates

test('every message names its id, and every id has English', () => {
  const bare = messages.filter(({ id }) => id === undefined || !(id in english))
  assert.deepEqual(
    bare.map(({ id, where }) => `${where} ${id}`),
    [],
  )
  assert.ok(messages.length > 60, 'the messages were found')
})

test('no English is left of messages that are gone', () => {
  const used = new Set(messages.map(({ id }) => id))
  assert.deepEqual(
    Object.keys(english).filter((id) => !used.has(id)),
    [],
  )
})

test('English has the values of the Chinese message, and an id has one Chinese text', () => {
  const texts = new Map<string, string>()
  for (const { id = '', text, values, where } of messages) {
    const target = english[id]
    const places = typeof target === 'object' ? target.values.map(Number) : []
    assert.ok(
      places.every((place) => place < values),
      `${where} ${id}: English names a value that is not there`,
    )
    assert.ok(values === 0 || places.length > 0, `${where} ${id}: English leaves the values out`)
    assert.equal(texts.get(id) ?? text, text, `${where} ${id} has two texts`)
    texts.set(id, text)
  }
})
