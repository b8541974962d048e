import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Report } from '@minqing/core'
import sharp from 'sharp'
import { seedCatalogue } from '../../../packages/server/src/catalogue/default/install.ts'
import { storePhoto } from '../../../packages/server/src/photos/service.ts'
import type { TestApp } from '../../../packages/server/src/testing/app.ts'
import { copyIssue } from './copies.ts'
import { author, county, secrets, village } from './people.ts'
import { answerReport, makeStages, type Stage, type Stood } from './stages.ts'

export { author, county, secrets, village } from './people.ts'

/** Things in one village, all of one author, for others to reach for. */
export interface World extends Diaries {
  /** An issue at each stage of its way. */
  readonly issues: Readonly<Record<Stage, Stood>>
  /** Receipt of a report that nobody has taken on. */
  readonly receipt: string
  /** An import of the catalogue that is over. */
  readonly import: string
}

interface Diaries {
  /** A help diary, living. */
  readonly diary: string
  /** A comment on it, living. */
  readonly comment: string
  /** A comment on it that its author has deleted. */
  readonly removedComment: string
  /** A diary that its author has deleted. */
  readonly removedDiary: string
  /** A photo of the diary. */
  readonly photo: string
}

/** Makes the world that nobody is ever allowed to change, through the server, as people would. */
export async function createWorld(server: TestApp): Promise<World> {
  await seedCatalogue(server.databaseUrl, county)
  const [diaries, issues, receipt, imported] = await Promise.all([
    createDiaries(server, true),
    makeStages(server),
    makeReport(server),
    makeImport(server),
  ])
  return { ...diaries, issues, receipt, import: imported }
}

/** The world with things of its own for one operation to change. */
export async function freshFor(
  server: TestApp,
  world: World,
  { changes, stage }: { changes?: 'diary' | 'issue' | 'rated report' | 'closed report'; stage?: Stage },
): Promise<World> {
  if (changes === 'diary') return { ...world, ...(await createDiaries(server)) }
  if (changes === 'issue' && stage) {
    return { ...world, issues: { ...world.issues, [stage]: await copyIssue(server, world.issues[stage]) } }
  }
  if (changes === 'rated report') return { ...world, receipt: await makeReport(server, { answered: true }) }
  if (changes === 'closed report') {
    return { ...world, receipt: await makeReport(server, { answered: true, closed: true }) }
  }
  return world
}

/** Makes the diaries as their author would; the photo, which nothing changes, only where it is asked for. */
async function createDiaries(server: TestApp, withPhoto = false): Promise<Diaries> {
  const [diary, removedDiary, comment, removedComment] = Array.from({ length: 4 }, () => randomUUID()) as Ids
  const as = await server.signer.sign(author)
  const ask = async (route: `${string} /${string}`, body?: object, headers = {}) => {
    const answer = await server.ask(route, { as, body, headers })
    assert.ok(answer.statusCode < 300, answer.body)
  }
  const help = { area: village, kind: 'help', text: secrets.text }
  const comments = `/v1/diaries/${diary}/comments` as const
  const living = async () => {
    await ask('POST /v1/diaries', { ...help, id: diary })
    await ask(`POST ${comments}`, { id: comment, text: secrets.comment })
    await ask(`POST ${comments}`, { id: removedComment, text: secrets.comment })
    await ask(`DELETE ${comments}/${removedComment}`)
  }
  const removed = async () => {
    await ask('POST /v1/diaries', { ...help, id: removedDiary })
    await ask(`DELETE /v1/diaries/${removedDiary}`, undefined, { 'if-match': '"1"' })
  }
  await Promise.all([living(), removed()])
  const photo = withPhoto ? await addPhoto(server, diary) : ''
  return { diary, removedDiary, comment, removedComment, photo }
}

type Ids = [string, string, string, string]

/** Puts a photo under the diary without the long way of an upload. */
async function addPhoto(server: TestApp, diary: string): Promise<string> {
  const id = randomUUID()
  const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#284' } })
    .png()
    .toBuffer()
  const { width, height } = await storePhoto(server.dataDir, county, id, image)
  await server.owner.query(
    `insert into photo (county, id, area_code, owner_id, diary_id, width, height, sent_bytes, claimed_at)
    values ($1, $2, $3, 'author', $4, $5, $6, $7, now())`,
    [county, id, village, diary, width, height, image.length],
  )
  return id
}

async function makeReport(server: TestApp, { answered = false, closed = false } = {}): Promise<string> {
  const as = { sub: 'neighbor', grants: [{ role: 'resident' as const, area: village }] }
  const body = { id: randomUUID(), area: village, text: '村口的灯不亮' }
  const said = await server.ask('POST /v1/reports', { as, body })
  assert.equal(said.statusCode, 201, said.body)
  if (answered) await answerReport(server, body.id, closed)
  return said.json<Report>().receipt
}

/** A catalogue of one row. */
export const sheet = Buffer.from(
  `code,name,kind,days,words,area,unit,unitName\n010101,路灯,help,3,路灯,${village},zhujian,\n`,
).toString('base64')

async function makeImport(server: TestApp): Promise<string> {
  const as = { sub: 'keeper', grants: [{ role: 'administrator' as const, area: county }] }
  const id = randomUUID()
  const said = await server.ask('POST /v1/catalogue-imports', { as, body: { id, county, file: sheet } })
  assert.equal(said.statusCode, 201, said.body)
  await importEnds(server, id)
  return id
}

/** Waits until an import is over: a county has one at a time. */
export async function importEnds(server: TestApp, id: string): Promise<void> {
  for (;;) {
    const { rows } = await server.owner.query('select from catalogue_import where id = $1 and state = $2', [
      id,
      'running',
    ])
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Everything that the tables with row-level security hold, to be compared before and after. */
export async function stateOf(server: TestApp, tables: readonly string[]): Promise<unknown> {
  const state: Record<string, unknown> = {}
  for (const table of tables) {
    const { rows } = await server.owner.query<{ state: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as state from ${table} t`,
    )
    state[table] = rows[0]!.state
  }
  return state
}
