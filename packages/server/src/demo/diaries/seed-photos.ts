import type { Diary, Photo } from '@minqing/core'
import type pg from 'pg'
import { storePhoto } from '../../photos/service.ts'
import { drawPicture } from './pictures.ts'
import { createRandom, type Random } from './random.ts'

/** How many photos the newest visits get; few, because each has to be drawn and encoded. */
const photosOf = [2, 1, 3, 1, 1] as const

interface Row {
  county: string
  id: string
  area_code: string
  author_id: string
  created_at: Date
  wire: string
}

async function addPhoto(
  client: pg.Client,
  dataDir: string,
  { county, id, area_code, author_id, created_at }: Row,
  random: Random,
): Promise<Photo> {
  const picture = await drawPicture(random)
  const photo = await storePhoto(dataDir, county, random.uuid(), picture)
  await client.query(
    `insert into photo (county, id, area_code, owner_id, diary_id, width, height, sent_bytes, created_at, claimed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [county, photo.id, area_code, author_id, id, photo.width, photo.height, picture.length, created_at],
  )
  return photo
}

/** Gives some of the newest diaries drawn photos, within the transaction that made them. */
export async function seedPhotos(client: pg.Client, dataDir: string): Promise<void> {
  const random = createRandom(2026)
  const { rows } = await client.query<Row>(
    `select county, id, area_code, author_id, created_at, wire from diary
    where kind = 'visit' order by created_at desc, id desc limit $1`,
    [photosOf.length],
  )
  for (const [at, row] of rows.entries()) {
    const photos: Photo[] = []
    for (let n = 0; n < photosOf[at]!; n++) photos.push(await addPhoto(client, dataDir, row, random))
    const diary: Diary = { ...(JSON.parse(row.wire) as Diary), photos }
    await client.query('update diary set photos = $1, wire = $2 where county = $3 and id = $4', [
      JSON.stringify(photos),
      JSON.stringify(diary),
      row.county,
      row.id,
    ])
  }
}
