import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { lockDataDir } from '../lock.ts'
import { packagedBinaries } from './binaries.ts'
import { elsewhereOf, placeIn } from './place.ts'
import { findLeftover, stopRunning } from './running.ts'

/**
 * Deletes the PostgreSQL of a data folder, after stopping one that a killed run left. Touches nothing but what
 * `startPostgres` makes: other files of the folder stay.
 *
 * @throws StartupProblem if a living process uses the folder.
 */
export async function discardPostgres(dataDir: string): Promise<void> {
  const folder = resolve(dataDir)
  if (!existsSync(folder)) return
  const lock = await lockDataDir(folder, 'postgres.lock')
  try {
    const elsewhere = await elsewhereOf(folder)
    for (const base of [folder, elsewhere]) {
      const place = placeIn(base, folder, packagedBinaries(), undefined)
      const leftover = await findLeftover(place)
      if (leftover) await stopRunning(place, leftover.pid)
      await rm(place.store, { recursive: true, force: true })
      await rm(`${place.store}.new`, { recursive: true, force: true })
      await rm(place.logFile, { force: true })
    }
    await rm(elsewhere, { recursive: true, force: true })
  } finally {
    await lock.release()
  }
}
