import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StartupProblem } from '../problem.ts'
import type { Place } from './place.ts'
import { problemFrom, runProgram } from './programs.ts'

/** The name of the superuser and of the database made in a cluster of ours. */
export const OWNER = 'minqing'

/**
 * Makes the cluster and its password. Both are made aside and renamed together, so a run that is killed or
 * meets a full disk half-way leaves nothing which a later run would take for a cluster.
 */
async function createCluster(place: Place, durable: boolean): Promise<void> {
  const draft = `${place.store}.new`
  const cluster = join(draft, 'cluster')
  const passwordFile = join(draft, 'password')
  await rm(draft, { recursive: true, force: true })
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    await own(place, [draft, passwordFile])
    const { code, said } = await runProgram(place, place.binaries.initdb, [
      `--pgdata=${cluster}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // the same order and case rules on every machine, whatever locales it has
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ])
    if (code !== 0) throw problemFrom(said, place)
    await rename(draft, place.store)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw problemFrom('ENOSPC', place)
    throw error
  }
}

async function own(place: Place, paths: string[]): Promise<void> {
  for (const path of paths) {
    if (place.account) await chown(path, place.account.uid, place.account.gid)
  }
}

/** The version part that decides whether data files fit: 18 of "postgres (PostgreSQL) 18.4". */
async function majorOfPrograms(place: Place): Promise<string> {
  const { said } = await runProgram(place, place.binaries.postgres, ['--version'])
  return /(\d+)/.exec(said)?.[1] ?? ''
}

/**
 * Makes the cluster if there is none, checks it if there is one. Answers the owner's password.
 *
 * @throws StartupProblem on a full disk, a cluster of another major version, a lost password.
 */
export async function ensureCluster(place: Place, durable: boolean): Promise<string> {
  if (!existsSync(place.store)) await createCluster(place, durable)
  const version = await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch(() => '')
  if (!version) {
    throw new StartupProblem(
      `${place.store} is not a complete PostgreSQL data folder: move it away, then start again.`,
    )
  }
  const major = await majorOfPrograms(place)
  if (version.trim() !== major) {
    throw new StartupProblem(
      `The data in ${place.store} were made by PostgreSQL ${version.trim()} and this is PostgreSQL ${major}: ` +
        'export them with the older version, or begin again with `npm start -- --fresh`.',
    )
  }
  const password = await readFile(place.passwordFile, 'utf8').catch(() => '')
  if (!password) {
    throw new StartupProblem(
      `The password of the database is missing (${place.passwordFile}): restore that file, ` +
        'or begin again with `npm start -- --fresh`.',
    )
  }
  // PostgreSQL refuses a folder that others may read, as a copied or restored one often is
  await chmod(place.cluster, 0o700)
  return password
}
