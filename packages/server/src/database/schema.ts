import { sql, type Kysely } from 'kysely'

/** For migrations: the schema that the tables are made in, ready to stand in SQL. Not every host uses `public`. */
export async function currentSchema(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(db)
  return rows[0]!.schema
}
