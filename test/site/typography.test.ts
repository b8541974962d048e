import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))
const halfWidth = /\p{Script=Han}[,;:?!](?! )/u

/** The texts of all string and template literals of a program. */
function literalsOf(file: string, source: string): string[] {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest))
  return texts
}

test('Chinese that people read has full-width punctuation, in the sources of every package', async () => {
  const found: string[] = []
  for await (const file of glob('packages/*/src/**/*.ts', { cwd: root })) {
    if (/\.test\.ts$|\/testing\/|node_modules/.test(file)) continue
    for (const text of literalsOf(file, await readFile(new URL(file, `file://${root}`), 'utf8'))) {
      if (halfWidth.test(text)) found.push(`${file}: ${text.trim()}`)
    }
  }
  assert.deepEqual(found, [])
})
