import type { Kysely } from 'kysely'

/** @param schema that the tables are in, ready to stand in SQL */
export async function listFunctions(_db: Kysely<unknown>, _schema: string): Promise<void> {}
