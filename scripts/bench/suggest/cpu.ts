import { readFile } from 'node:fs/promises'
import type pg from 'pg'

/** Milliseconds in one tick of the kernel's process times, on every Linux there is. */
const tickMs = 10

/** User and system time of a process so far, in milliseconds; `undefined` where the system does not say. */
async function timeOf(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // the name of the program stands in parentheses and may hold blanks
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tickMs
  } catch {
    return undefined
  }
}

/**
 * Processor time that this process and its connections to PostgreSQL have used, in milliseconds; `undefined` where it
 * cannot be told.
 */
export async function processorTime(
  owner: pg.Client,
): Promise<{ process: number; database: number } | undefined> {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name like 'minqing%'`,
  )
  const times = await Promise.all(rows.map(({ pid }) => timeOf(pid)))
  if (times.some((time) => time === undefined)) return undefined
  const { user, system } = process.cpuUsage()
  return {
    process: (user + system) / 1000,
    database: (times as number[]).reduce((sum, time) => sum + time, 0),
  }
}
