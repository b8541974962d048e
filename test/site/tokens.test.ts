import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startDemoServer, type DemoServer } from '../support/demo-server.ts'

const run = promisify(execFile)
const snippet = (name: string) => fileURLToPath(new URL(`../../docs/snippets/${name}`, import.meta.url))
const secret = randomBytes(32).toString('hex')

let server: DemoServer

before(async () => {
  server = await startDemoServer({
    demo: false,
    diaries: 1,
    token: { audience: 'minqing', issuer: 'https://portal.example.gov.cn', secret },
  })
})

after(() => server.close())

const works = (program: string) =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  )

// Node is always there; the others where the machine has them.
const programs = [
  { name: 'Node', command: process.execPath, args: [snippet('sign-token.mjs')], here: true },
  { name: 'Python', command: 'python3', args: [snippet('sign_token.py')], here: await works('python3') },
  { name: 'Java', command: 'java', args: [snippet('SignToken.java')], here: await works('java') },
]

for (const { name, command, args } of programs.filter(({ here }) => here)) {
  test(`the token that the guide's ${name} program signs is accepted`, async () => {
    const env = { ...process.env, MQ_SECRET: secret }
    const { stdout } = await run(command, args, { env })
    const answer = await fetch(`${server.url}/v1/me`, {
      headers: { authorization: `Bearer ${stdout.trim()}` },
    })
    const me = (await answer.json()) as { name: string; title: string; grants: { role: string }[] }
    assert.equal(answer.status, 200, JSON.stringify(me))
    assert.deepEqual([me.name, me.title, me.grants[0]?.role], ['陈立军', '驻村干部', 'villageOfficer'])
  })
}

test('the guide shows these very programs', async () => {
  const page = await (await fetch(`${server.url}/tokens/`, { headers: { accept: 'text/html' } })).text()
  const shown = page
    .replace(/<[^>]+>/g, '')
    .replace(/&(lt|gt|quot|#x27|#39|amp);/g, (_, name: string) => entities[name]!)
  for (const name of ['sign-token.mjs', 'SignToken.java', 'sign_token.py']) {
    const source = await readFile(snippet(name), 'utf8')
    assert.ok(shown.includes(source.trim()), `${name} is on the page`)
  }
})

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'", amp: '&' }
