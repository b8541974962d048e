import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createComponent } from './create.ts'
import { namesOf } from './names.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A copy of what a component touches, below the repository so that it finds the same packages. */
function copyOfRepository(t: TestContext): string {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const copy = mkdtempSync(join(root, '.cache', 'new-component-'))
  t.after(() => rmSync(copy, { recursive: true }))
  const names = ['package.json', 'tsconfig.json', '.prettierrc.json', 'eslint.config.js', 'scripts/lint']
  const elements = ['package.json', 'tsconfig.json', 'src'].map((name) => `packages/elements/${name}`)
  for (const name of [...names, ...elements]) cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'packages/elements/node_modules'), join(copy, 'packages/elements/node_modules'))
  return copy
}

/** Runs a tool of the repository in the copy. Answers what it complains about, nothing if it is content. */
function complaints(copy: string, script: string, args: string[]): string {
  const path = join(root, 'node_modules', script)
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: copy,
    encoding: 'utf8',
  })
  return status === 0 ? '' : stdout + stderr
}

test('a new component passes types, lint and format, and is known to loader, bundle and index', async (t) => {
  const copy = copyOfRepository(t)
  const written = await createComponent(copy, namesOf('mq-foo-bar'))
  const sources = written.filter((path) => path.endsWith('.ts'))
  assert.equal(sources.length, 8)

  const settings = JSON.parse(readFileSync(join(copy, 'packages/elements/tsconfig.json'), 'utf8')) as object
  const files = sources.map((path) => path.replace('packages/elements/', ''))
  const narrowed = { ...settings, include: [], files: files.filter((path) => /foo-bar/.test(path)) }
  writeFileSync(join(copy, 'packages/elements/tsconfig.json'), JSON.stringify(narrowed))
  assert.equal(complaints(copy, 'typescript/bin/tsc', ['-p', 'packages/elements', '--noEmit']), '')
  const mine = sources.filter((path) => /foo-bar/.test(path))
  assert.equal(complaints(copy, 'eslint/bin/eslint.js', ['--max-warnings=0', ...mine]), '')
  assert.equal(complaints(copy, 'prettier/bin/prettier.cjs', ['--check', ...written]), '')

  const read = (path: string) => readFileSync(join(copy, 'packages/elements/src', path), 'utf8')
  assert.match(read('define/all.ts'), /^import '\.\/mq-foo-bar\.ts'$/m)
  assert.match(
    read('loader/table.ts'),
    /^ {2}'mq-foo-bar': \(\) => import\('\.\.\/define\/mq-foo-bar\.ts'\),$/m,
  )
  assert.match(read('index.ts'), /^export \{ MqFooBar \} from '\.\/foo-bar\/foo-bar\.ts'$/m)
})

test('a name that is taken or wrong is said, and nothing is written', async (t) => {
  const copy = copyOfRepository(t)
  const before = readFileSync(join(copy, 'packages/elements/src/loader/table.ts'), 'utf8')
  await assert.rejects(
    createComponent(copy, namesOf('mq-diary-feed')),
    /There is a component of this name already/,
  )
  assert.equal(readFileSync(join(copy, 'packages/elements/src/loader/table.ts'), 'utf8'), before)
  for (const wrong of [undefined, 'foo', 'mq-', 'mq-Foo', 'mq-../x']) {
    assert.throws(() => namesOf(wrong), /^StartupProblem: Name the new component like mq-foo-bar/)
  }
})
