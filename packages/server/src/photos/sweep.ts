import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProblemError } from '../internal/problem-error.ts'
import { forgetPhoto, takeUnclaimed } from './queries.ts'
import type { Photos } from './service.ts'

/** How long an unfinished upload, or a photo that no diary claimed, is kept. */
const keepMs = 24 * 3_600_000
const everyMs = 3_600_000
const batch = 100

async function ageOf(path: string, now: Date): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  return found ? now.getTime() - found.mtimeMs : 0
}

/** Complete uploads that a crash kept from becoming photos become photos now; what is too old goes. */
async function sweepUploads(photos: Photos, now: Date, closing?: AbortSignal): Promise<void> {
  const folder = photos.files.incoming
  for (const name of await readdir(folder)) {
    if (closing?.aborted) return
    const path = join(folder, name)
    if ((await ageOf(path, now)) > keepMs) {
      await rm(path, { force: true })
      continue
    }
    if (!name.endsWith('.json')) continue
    const upload = await photos.upload(name.slice(0, -'.json'.length))
    if (upload?.offset !== upload?.size || !upload) continue
    await photos.finish(upload).catch((error: unknown) => {
      if (!(error instanceof ProblemError))
        photos.log.warn({ err: error, upload: upload.id }, 'upload not mended')
    })
  }
}

/** Files go before their row: a crash in between leaves a row that the next sweep takes again. */
async function sweepUnclaimed(photos: Photos, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keepMs)
  for (let more = true; more;) {
    more = await photos.transact({ scope: [], actor: '' }, async (tx) => {
      const taken = await takeUnclaimed(tx, before, batch)
      for (const { county, id } of taken) {
        await photos.files.remove(county, id)
        await forgetPhoto(tx, county, id)
      }
      return taken.length === batch
    })
  }
}

/** Mends and tidies once. */
export async function sweepPhotos(photos: Photos, now: Date, closing?: AbortSignal): Promise<void> {
  await sweepUploads(photos, now, closing)
  await sweepUnclaimed(photos, now)
}

/** Sweeps at once and then every hour, until the signal is aborted. */
export async function keepSwept(photos: Photos, now: () => Date, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    await sweepPhotos(photos, now(), closing).catch((error: unknown) => {
      photos.log.warn({ err: error }, 'sweep of photos failed')
    })
    await sleep(everyMs, undefined, { signal: closing, ref: false }).catch(() => undefined)
  }
}
