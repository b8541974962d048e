// The packed server on an empty database, with the demo's data, and what else runs in Node.
import assert from 'node:assert/strict'
import { createClient, newId } from '@minqing/client'
import { createTestServer } from '@minqing/client/testing'
import { migrate, seedDemo, startServer } from '@minqing/server'
import { entries } from './entries.js'

const { DATABASE_URL: databaseUrl, ORIGINS: origins, DATA_DIR: dataDir } = process.env

/** A diary by the client to the server in memory. */
async function tryKit() {
  const area = '330683100201'
  const kit = createTestServer({ people: { officer: { grants: [{ role: 'villageOfficer', area }] } } })
  const { url } = await kit.listen()
  const mq = createClient({ baseUrl: url, getToken: kit.getToken('officer') })
  await mq.diaries.create({ id: newId(), area, kind: 'visit', text: '村口的路灯亮了' })
  for await (const { text } of mq.diaries.list({ area })) assert.equal(text, '村口的路灯亮了')
  await mq.close()
  await kit.close()
}

await tryKit()
await migrate(databaseUrl)
await seedDemo(databaseUrl, { dataDir, diaries: 60, issues: 20 })
const server = await startServer({
  ...{ databaseUrl, dataDir, host: '127.0.0.1', port: 0, demo: true, anonymousReports: true },
  ...{ logLevel: 'warn', rateLimits: false, allowedOrigins: origins.split(' ') },
})
process.once('SIGTERM', () => server.close().then(() => process.exit(0)))
// the line that is waited for
console.log(JSON.stringify({ url: server.url, entries: Object.keys(entries) }))
