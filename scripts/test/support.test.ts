import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { createTestDatabase } from '../../test/support/database.ts'
import { entriesOf, importAll } from '../check/entries.ts'
import { judgePage, type Seen } from '../check/judge.ts'
import { run as importPeople } from '../import-people.ts'
import { ask } from '../postgres/testing/help.ts'

test('test databases are migrated, empty and apart from each other, and gone after drop', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
  await ask(one.url, 'create table witness (n int)')
  assert.deepEqual(await ask(other.url, `select to_regclass('witness') as found`), [{ found: null }])
  assert.deepEqual(await ask(one.url, 'select count(*)::int as n from diary'), [{ n: 0 }])
  await one.drop()
  await assert.rejects(ask(one.url, 'select 1'), { code: '3D000' })
  await other.drop()
})

test('npm run import-people tells what a list does, and takes nothing of one with a wrong line', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-people-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const { url, drop } = await createTestDatabase()
  const file = join(folder, 'people.csv')
  const list = (...lines: string[]) =>
    writeFileSync(file, ['provider,subject,id,name,role,area', ...lines, ''].join('\n'))
  const command = (...args: string[]) => importPeople(args, { DATABASE_URL: url })
  const people = () => ask(url, 'select id from person order by id')

  list('host,1,u1,甲,leader,330683', 'host,1,u1,甲,villageOfficer,330683100', 'host,2,u2,乙,auditor,330604')
  const line = 'import-people: 2 people with 3 roles by host in 330683, 330604; 2 new, 0 removed'
  assert.equal(await command(file, '--dry-run'), `${line} (dry run: nothing was changed)`)
  assert.deepEqual(await people(), [])
  assert.equal(await command(file), line)
  list('host,3,u3,丙,leader,330683', 'host,4,u4,丁,king,330683', 'host,5,u5,戊,leader,33068')
  const sentence = 'Line 3: role is no role: king.\nLine 4: area is no code of an area: 33068.'
  await assert.rejects(command(file), { sentence })
  assert.deepEqual(await people(), [{ id: 'u1' }, { id: 'u2' }])
  await assert.rejects(command(join(folder, 'other.csv')), { sentence: /cannot be read \(ENOENT\)/ })
  await assert.rejects(command(), { sentence: /^Name one file\.\n\nUsage: / })
  await drop()
})

/** Asks for a browser in a process of its own, since the answer is remembered. */
function findWith(env: NodeJS.ProcessEnv): string {
  const module = new URL('../../test/support/chromium.ts', import.meta.url).href
  const text = `const { findChromium } = await import('${module}')
    console.log(await findChromium().catch((error) => error.sentence))`
  const args = ['--input-type=module', '-e', text]
  return execFileSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' }).trim()
}

test('Chromium is the one of CHROME_PATH, else one without windows, else the first on the PATH; a wrong CHROME_PATH is said', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-browser-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const put = (name: string) => {
    const program = join(folder, name)
    writeFileSync(program, '#!/bin/sh\n')
    chmodSync(program, 0o755)
    return program
  }
  const program = put('chromium')
  assert.equal(findWith({ CHROME_PATH: '', PATH: folder }), program)
  const shell = put('chromium-headless-shell')
  assert.equal(findWith({ CHROME_PATH: '', PATH: folder }), shell)
  assert.equal(findWith({ CHROME_PATH: program, PATH: '/usr/bin' }), program)
  const wrong = join(folder, 'nothing')
  assert.equal(
    findWith({ CHROME_PATH: wrong }),
    `CHROME_PATH names ${wrong}, which is not a program that can be run.`,
  )
})

test('npm run check imports every entry: names where there are some, nothing but the module where it acts', () => {
  const manifest = {
    name: '@minqing/widgets',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './define/*': { types: './dist/define/*.d.ts', default: './dist/define/*.js' },
      './data.json': './data.json',
      './themes/*.css': './dist/themes/*.css',
    },
  }
  const files = [
    './data.json',
    './dist/index.js',
    './dist/define/mq-b.js',
    './dist/define/mq-a.js',
    './dist/own.js',
    './dist/themes/blue.css',
  ]
  const entries = entriesOf(manifest, files)
  const described = entries.map(({ specifier, kind }) => `${kind} ${specifier}`)
  assert.deepEqual(described, [
    'code @minqing/widgets',
    'act @minqing/widgets/define/mq-a',
    'act @minqing/widgets/define/mq-b',
    'data @minqing/widgets/data.json',
    'style @minqing/widgets/themes/blue.css',
  ])
  const page = importAll(entries, { data: ' with {}' })
  for (const line of [
    "import '@minqing/widgets/define/mq-a'",
    "import * as e0 from '@minqing/widgets'",
    "import e1 from '@minqing/widgets/data.json' with {}",
  ])
    assert.ok(page.split('\n').includes(line), line)
  assert.doesNotMatch(page, /blue/)
  assert.match(importAll(entries, { bare: false }), /import \* as e1 from '@minqing\/widgets\/define\/mq-a'/)
  assert.throws(
    () => entriesOf(manifest, files.slice(1)),
    /data\.json, which its exports name, is not packed/,
  )
  assert.throws(() => entriesOf(manifest, files.slice(0, 2)), /no file fits \.\/dist\/define/)
})

test('npm run check lets a page pass with one Lit, every widget at work, and a browser that says nothing', () => {
  const good: Seen = {
    lits: [1, 1, 1],
    litFiles: ['main.js'],
    undefinedTags: [],
    emptyTags: [],
    complaints: [],
  }
  assert.deepEqual(judgePage(good), [])
  const faults: [Partial<Seen>, RegExp][] = [
    [{ lits: [2, 1, 1] }, /Copies of Lit on the page: 2, 1, 1/],
    [{ lits: [0, 0, 0] }, /Copies of Lit on the page: 0/],
    [{ litFiles: ['a.js', 'b.js'] }, /Lit lies in a\.js, b\.js/],
    [{ litFiles: [] }, /Lit lies in no file/],
    [{ undefinedTags: ['mq-inbox'] }, /<mq-inbox> is not defined/],
    [{ emptyTags: ['mq-inbox'] }, /<mq-inbox> shows nothing/],
    [{ complaints: ['Refused to load'] }, /^Refused to load$/],
  ]
  for (const [fault, sentence] of faults) {
    const wrong = judgePage({ ...good, ...fault })
    assert.equal(wrong.length, 1)
    assert.match(wrong[0]!, sentence)
  }
})
