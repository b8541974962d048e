import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import test from 'node:test'
import { withoutPassword } from './database.ts'
import { readSettings } from './options.ts'

const sentenceFor = (args: string[], env: NodeJS.ProcessEnv = {}): string => {
  try {
    readSettings(args, env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('without flags and variables the defaults hold, and empty variables count as unset', () => {
  assert.deepEqual(readSettings([], { PORT: '', HOST: '', DATABASE_URL: '' }), {
    fresh: false,
    yes: false,
    host: '127.0.0.1',
    port: 8787,
    dataDir: resolve('.data'),
    databaseUrl: undefined,
    tokenSecret: undefined,
    allowedOrigins: [],
    mail: undefined,
    issueUrl: undefined,
    logLevel: 'warn',
  })
})

test('mails need a server and a sender', () => {
  const url = 'smtps://user:geheim@mail.example.cn'
  const settings = readSettings([], { MQ_SMTP_URL: url, MQ_MAIL_FROM: 'mq@example.cn' })
  assert.ok(settings !== 'help')
  assert.deepEqual(settings.mail, { url, from: 'mq@example.cn' })
  const alone = sentenceFor([], { MQ_SMTP_URL: url })
  assert.match(alone, /^MQ_SMTP_URL and MQ_MAIL_FROM belong together/)
  assert.doesNotMatch(alone, /geheim/)
})

test("a portal of one's own is told by its secret and its origins", () => {
  const origins = 'https://a.example.cn, http://127.0.0.1:8790,'
  const settings = readSettings([], { MQ_TOKEN_SECRET: 's'.repeat(32), MQ_ALLOWED_ORIGINS: origins })
  assert.ok(settings !== 'help')
  assert.equal(settings.tokenSecret, 's'.repeat(32))
  assert.deepEqual(settings.allowedOrigins, ['https://a.example.cn', 'http://127.0.0.1:8790'])
})

test('an unknown flag is named, with the usage below', () => {
  assert.match(sentenceFor(['--frsh']), /^npm start does not know --frsh\.\n\nUsage: npm start/)
  assert.match(sentenceFor(['fresh']), /^npm start does not know fresh\./)
})

test('a wrong variable is named with what it has to be', () => {
  assert.equal(sentenceFor([], { PORT: '80a' }), 'PORT has to be a number from 0 to 65535, not "80a".')
  assert.equal(sentenceFor([], { PORT: '70000' }), 'PORT has to be a number from 0 to 65535, not "70000".')
  assert.match(sentenceFor([], { LOG_LEVEL: 'loud' }), /^LOG_LEVEL has to be one of fatal, .* not "loud"\.$/)
})

test('a DATABASE_URL that cannot be read is not quoted', () => {
  for (const url of ['mysql://me:secret@db/x', 'me:secret@db', 'postgres://me:sec ret@[db/x']) {
    const sentence = sentenceFor([], { DATABASE_URL: url })
    assert.match(sentence, /^DATABASE_URL has to look like postgres:/)
    assert.doesNotMatch(sentence, /sec/)
  }
})

test('a password is taken out of any text, as typed and as written in the URL', () => {
  const url = 'postgres://me:p%40ss@db/x'
  assert.equal(withoutPassword('no p@ss and no p%40ss in here', url), 'no *** and no *** in here')
  assert.equal(withoutPassword('text', 'postgres://me@db/x'), 'text')
})
