import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Grant } from '@minqing/core'
import sharp from 'sharp'
import { storePhoto } from '../../../packages/server/src/photos/service.ts'
import type { TestApp } from '../../../packages/server/src/testing/app.ts'

export const village = '330683100201'
/** Words that nobody outside may ever see. */
export const secrets = {
  text: '只给本村看的求助内容',
  comment: '只给本村看的回答',
  author: '叶知秋',
} as const

/** Things in one village, all of one author, for others to reach for. */
export interface World {
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

const grants: Grant[] = [{ role: 'villageOfficer', area: village }]
export const author = { sub: 'author', name: secrets.author, grants }

/** Makes one through the server, as its author would; the photo, which nothing changes, only where it is asked for. */
export async function createWorld(server: TestApp, withPhoto = false): Promise<World> {
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
  const { width, height } = await storePhoto(server.dataDir, '330683', id, image)
  await server.owner.query(
    `insert into photo (county, id, area_code, owner_id, diary_id, width, height, sent_bytes, claimed_at)
    values ('330683', $1, $2, 'author', $3, $4, $5, $6, now())`,
    [id, village, diary, width, height, image.length],
  )
  return id
}

/** Everything that is written in the database about the world, to be compared before and after. */
export async function stateOf(server: TestApp): Promise<unknown> {
  const tables = [
    'diary',
    'diary_revision',
    'diary_comment',
    'diary_useful',
    'photo',
    'live_event',
    'idempotency_key',
  ]
  const counts = tables.map((table) => `(select count(*) from ${table}) as ${table}`)
  const { rows } = await server.owner.query(
    `select ${counts.join()}, (select md5(string_agg(d::text, '' order by id)) from diary d) as diaries,
      (select md5(string_agg(c::text, '' order by id)) from diary_comment c) as comments`,
  )
  return rows[0]
}
