import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, lstat, mkdir, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartupProblem } from '../problem.ts'
import { accountCan, type Account } from './account.ts'
import { binariesIn, type Binaries } from './binaries.ts'

const run = promisify(execFile)

/** Where one PostgreSQL lives. `store` holds the cluster and its password and is made whole or not at all. */
export interface Place {
  store: string
  cluster: string
  passwordFile: string
  logFile: string
  binaries: Binaries
  account: Account | undefined
}

/** The folder used in place of a data folder which PostgreSQL's account cannot enter. */
export async function elsewhereOf(dataDir: string): Promise<string> {
  const real = await realpath(dataDir).catch(() => dataDir)
  return join('/var/tmp', `minqing-${createHash('sha256').update(real).digest('hex').slice(0, 16)}`)
}

/** /var/tmp is open to everybody: a folder there is only used if it is ours, never one laid out by another. */
async function makePrivateFolder(folder: string, account: Account): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).then(
    () => chown(folder, account.uid, account.gid),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  const found = await lstat(folder)
  if (!found.isDirectory() || (found.uid !== account.uid && found.uid !== 0)) {
    throw new StartupProblem(
      `${folder} belongs to another user: remove it or set MQ_DATA_DIR, then start again.`,
    )
  }
  await chown(folder, account.uid, account.gid)
  await chmod(folder, 0o700)
}

async function copyBinaries(from: Binaries, folder: string, account: Account): Promise<Binaries> {
  const copy = join(folder, 'programs')
  const draft = `${copy}.new`
  const copied = binariesIn(copy)
  if (!(await sameSize(from.postgres, copied.postgres))) {
    await rm(draft, { recursive: true, force: true })
    await cp(from.home, draft, { recursive: true, verbatimSymlinks: true })
    // npm may have unpacked under a strict umask: the account owns its copy, so that it can read it in any case
    await run('chown', ['-R', `${account.uid}:${account.gid}`, draft])
    await rm(copy, { recursive: true, force: true })
    await rename(draft, copy)
  }
  if (!accountCan(account, '-x', copied.postgres)) {
    throw new StartupProblem(`The account ${account.name} cannot run the copy of PostgreSQL in ${copy}.`)
  }
  return copied
}

async function sameSize(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(one), lstat(other).catch(() => undefined)])
  return b !== undefined && a.size === b.size && a.mtimeMs <= b.mtimeMs
}

/** The places below `base`, which is the data folder or the folder used in place of it. */
export function placeIn(
  base: string,
  dataDir: string,
  binaries: Binaries,
  account: Account | undefined,
): Place {
  const store = join(base, 'postgres')
  const files = { cluster: join(store, 'cluster'), passwordFile: join(store, 'password') }
  return { store, ...files, logFile: join(dataDir, 'postgres.log'), binaries, account }
}

/**
 * Decides where the cluster and the programs lie. In the data folder, as a rule; but as root PostgreSQL runs
 * under another account, and where that account cannot reach (a clone below a 0700 home) they lie in /var/tmp.
 */
export async function findPlace(
  dataDir: string,
  packaged: Binaries,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<Place> {
  await mkdir(dataDir, { recursive: true })
  const at = (base: string, binaries: Binaries) => placeIn(base, dataDir, binaries, account)
  if (!account) return at(dataDir, packaged)
  const folder = await elsewhereOf(dataDir)
  const reachesData = accountCan(account, '-x', dataDir)
  const reachesPrograms = accountCan(account, '-x', packaged.postgres)
  // data made elsewhere stay there, even when the data folder has become reachable since
  const movedOut = existsSync(join(folder, 'postgres'))
  if (reachesData && reachesPrograms && !movedOut) return at(dataDir, packaged)
  if (!reachesData && !movedOut && existsSync(join(dataDir, 'postgres'))) {
    throw new StartupProblem(
      `The user ${account.name}, under whom PostgreSQL runs, can no longer enter ${dataDir}: ` +
        'give the folders above it back their x permission for others, or set MQ_DATA_DIR.',
    )
  }
  await makePrivateFolder(folder, account)
  const binaries = reachesPrograms ? packaged : await copyBinaries(packaged, folder, account)
  log(`PostgreSQL runs as the user ${account.name}, who cannot enter this folder: its files are in ${folder}`)
  return at(reachesData && !movedOut ? dataDir : folder, binaries)
}
