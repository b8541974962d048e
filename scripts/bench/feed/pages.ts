import type pg from 'pg'
import { asOwner } from '../support/database.ts'

/** A full page somewhere in the feed of some area. */
export interface PagePlace {
  area: string
  cursor: string
}

const columns = { 6: 'county', 9: 'town', 12: 'village', 15: 'grid' } as const

/** Every 25th place of the areas of a level that has a full page behind it; at most `most`, spread over all. */
async function placesOf(client: pg.Client, column: string, most: number): Promise<PagePlace[]> {
  const { rows } = await client.query<PagePlace>(
    `select area, cursor from (
      select ${column} as area, mq_diary_cursor(created_at, id) as cursor,
        row_number() over (partition by ${column} order by created_at desc, id desc) as n,
        count(*) over (partition by ${column}) as total
      from diary where deleted_at is null and ${column} is not null
    ) placed
    where n % 25 = 0 and n <= total - 50
    order by md5(area || cursor) limit $1`,
    [most],
  )
  return rows
}

/** Random areas of all levels and random pages of them, the same in every run on the same data. */
export const randomPages = (databaseUrl: string, perLevel = 1000): Promise<PagePlace[]> =>
  asOwner(databaseUrl, async (client) => {
    const places: PagePlace[] = []
    for (const column of Object.values(columns)) places.push(...(await placesOf(client, column, perLevel)))
    return places
  })

export const pathOf = ({ area, cursor }: PagePlace): string => `/v1/diaries?area=${area}&cursor=${cursor}`
export const newestPathOf = (area: string): string => `/v1/diaries?area=${area}`
