import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { asOwner } from '../support/database.ts'
import type { PagePlace } from './pages.ts'

const run = promisify(execFile)

/** The same pages asked of PostgreSQL alone; pages per second, or `undefined` where pgbench is not installed. */
export async function pgbench(
  databaseUrl: string,
  places: readonly PagePlace[],
  seconds: number,
): Promise<number | undefined> {
  if (!(await run('pgbench', ['--version']).catch(() => undefined))) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'minqing-pgbench-'))
  const script = join(folder, 'page.sql')
  await writeFile(
    script,
    `\\set n random(1, ${places.length})
    select mq_diary_page('330683', area, at, id, 50) from bench_place where n = :n;`,
  )
  try {
    await asOwner(databaseUrl, (client) =>
      client.query(
        `drop table if exists bench_place;
        create table bench_place (n integer primary key, area text, at timestamptz, id uuid);
        grant select on bench_place to minqing_app`,
      ),
    )
    await asOwner(databaseUrl, (client) =>
      client.query(
        `insert into bench_place
        select row_number() over (), area, to_timestamp(('x' || left(cursor, 12))::bit(48)::bigint / 1000.0),
          right(cursor, 32)::uuid
        from unnest($1::text[], $2::text[]) as place (area, cursor)`,
        [places.map(({ area }) => area), places.map(({ cursor }) => cursor)],
      ),
    )
    const { stdout } = await run(
      'pgbench',
      ['-n', '-M', 'prepared', '-c', '32', '-j', '1', '-T', String(seconds), '-f', script, databaseUrl],
      { env: { ...process.env, PGOPTIONS: '-c role=minqing_app' } },
    )
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
  } finally {
    await asOwner(databaseUrl, (client) => client.query('drop table if exists bench_place'))
    await rm(folder, { recursive: true, force: true })
  }
}
