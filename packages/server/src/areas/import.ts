import { countyOf, levelOf, parentOf } from '@minqing/core'
import pg from 'pg'
import { generateBelow } from './generate.ts'
import { realDivisions, type Division } from './real-codes.ts'

/** The county of the demo, and a neighbour that has towns and nothing below them. */
export const demoCounty = '330683'
const neighbor = '330604'

/** All areas of the demo: real down to the towns, made up below. */
export async function demoAreas(): Promise<Division[]> {
  const real = await realDivisions('33', [demoCounty, neighbor])
  const towns = real.filter(({ code }) => code.length === 9 && code.startsWith(demoCounty))
  return [...real, ...generateBelow(towns)]
}

/**
 * Writes areas; those that are there already take the new name.
 *
 * @param databaseUrl of the owner, who alone may write areas
 */
export async function importAreas(databaseUrl: string, areas: readonly Division[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'minqing import' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(
      `insert into area (county, code, name, level, parent)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
      on conflict (county, code) do update set name = excluded.name where area.name <> excluded.name`,
      [
        areas.map(({ code }) => countyOf(code)),
        areas.map(({ code }) => code),
        areas.map(({ name }) => name),
        areas.map(({ code }) => levelOf(code)),
        areas.map(({ code }) => parentOf(code) ?? null),
      ],
    )
  } finally {
    await client.end()
  }
}
