import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { templates } from '../../packages/elements/src/locales/en.ts'

const folder = fileURLToPath(new URL('../../packages/', import.meta.url))

/** A message in the code: its id, its Chinese text, and how many values it has. */
interface Message {
  id: string | undefined
  text: string
  values: number
  where: string
}

const messages: Message[] = []
/** Files that take the runtime under another name, or from elsewhere than its one module. */
const renamed: string[] = []
/** Chinese that English readers would see as it is. */
const bare: string[] = []

const isMessage = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.expression.getText() === 'msg'

/** Text that is there in both languages: titles of a problem, and what is chosen by the language. */
function isInBoth(node: ts.Node): boolean {
  const { parent } = node
  // a part of a template is as good as the template
  if (ts.isTemplateExpression(parent)) return isInBoth(parent)
  if (ts.isTemplateSpan(parent)) return isInBoth(parent.parent)
  if (ts.isConditionalExpression(parent)) return /locale\(\) === 'en'/.test(parent.condition.getText())
  if (ts.isCallExpression(parent)) return parent.expression.getText() === 'problem'
  return (
    ts.isPropertyAssignment(parent) &&
    parent.name.getText() === "'zh-CN'" &&
    /\ben:/.test(parent.parent.getText())
  )
}

/** Names of others, which nobody translates: the owner of a map wants to be named so. */
const names = new Set(['天地图'])

const textOf = (node: ts.Node): string =>
  ts.isStringLiteralLike(node) ||
  node.kind === ts.SyntaxKind.TemplateHead ||
  node.kind === ts.SyntaxKind.TemplateMiddle ||
  node.kind === ts.SyntaxKind.TemplateTail
    ? (node as ts.LiteralLikeNode).text
    : ''

function read(file: string, text = readFileSync(folder + file, 'utf8')): void {
  if (
    /\bmsg as\b|= msg\b(?!\()|@lit\/localize/.test(text) &&
    !/internal\/(localize|locale-runtime)\.ts$/.test(file)
  )
    renamed.push(file)
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node, told: boolean) => {
    if (isMessage(node)) messages.push(messageOf(node, file))
    const isTold = told || isMessage(node)
    const isChinese = /[\p{Script=Han}，。：；！？、（）「」]/u.test(textOf(node)) && !names.has(textOf(node))
    if (!isTold && isChinese && !isInBoth(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      bare.push(`${file}:${line + 1} ${textOf(node).trim()}`)
    }
    ts.forEachChild(node, (child) => visit(child, isTold))
  }
  visit(source, false)
}

function messageOf(call: ts.CallExpression, file: string): Message {
  const [text, options] = call.arguments
  const id = /id: '([^']+)'/.exec(options?.getText() ?? '')?.[1]
  const template = text && ts.isTaggedTemplateExpression(text) ? text.template : undefined
  const values = template && ts.isTemplateExpression(template) ? template.templateSpans.length : 0
  const { line } = call.getSourceFile().getLineAndCharacterOfPosition(call.getStart())
  const chinese =
    template && ts.isTemplateExpression(template)
      ? [template.head, ...template.templateSpans.map(({ literal }) => literal)]
          .map((part) => part.text)
          .join('${}')
      : (text?.getText() ?? '')
  return { id, text: chinese, values, where: `${file}:${line + 1}` }
}

/** Stand-ins of hosts, tests, the English itself, and names of themes for the docs. */
const others = /\.test\.ts$|\/testing\/|\/fake\.ts$|\/locales\/|\/themes\/palettes\.ts$/
for await (const file of glob('{elements,plugins}/src/**/*.ts', { cwd: folder })) {
  if (!others.test(file)) read(file)
}
const english: Record<string, string | { strTag: true; values: unknown[] }> = templates

test('every message names its id, and every id has English', () => {
  const missing = messages.filter(({ id }) => id === undefined || !(id in english))
  assert.deepEqual(
    missing.map(({ id, where }) => `${where} ${id}`),
    [],
  )
  assert.ok(messages.length > 60, 'the messages were found')
})

test('no Chinese is shown to readers of English', () => {
  assert.deepEqual(bare, [])
})

test('messages go by one name, under which they are seen here', () => {
  assert.deepEqual(renamed, [])
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
    assert.equal(new Set(places).size, values, `${where} ${id}: English leaves a value out`)
    assert.equal(texts.get(id) ?? text, text, `${where} ${id} has two texts`)
    texts.set(id, text)
  }
})
