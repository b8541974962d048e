import { readdir, rm, stat } from 'node:fs/promises'
import { countyOf, type Photo } from '@minqing/core'
import { FileStore } from '@tus/file-store'
import { ERRORS, type Upload } from '@tus/server'
import type { Guard, Transact } from '../database/scope.ts'
import type { Deps } from '../internal/deps.ts'
import { ProblemError } from '../internal/problem-error.ts'
import { PhotoFiles } from './files.ts'
import { turns } from './lanes.ts'
import { makePicture, type Picture } from './picture.ts'
import { addPhoto, photoOwner } from './queries.ts'
import { PhotoTickets } from './tickets.ts'

export type PhotoServiceDeps = Pick<Deps, 'transact' | 'dataDir' | 'keyFor' | 'log'>

/** An upload as it lies on disk, finished or not. */
export interface StoredUpload {
  readonly id: string
  readonly owner: string
  readonly area: string
  readonly size: number
  readonly offset: number
  readonly path: string
}

/** The disk is full, or another process finished the upload first: the sender does well to ask again. */
const isPassing = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')

/** What uploads, photo operations and the sweep share. */
export class Photos {
  readonly files: PhotoFiles
  readonly tickets: PhotoTickets
  readonly uploads: FileStore
  readonly transact: Transact
  readonly log: Deps['log']
  readonly #inTurn = turns()

  constructor({ transact, dataDir, keyFor, log }: PhotoServiceDeps) {
    this.transact = transact
    this.log = log
    this.files = new PhotoFiles(dataDir)
    this.tickets = new PhotoTickets(keyFor('photo-ticket'))
    this.uploads = new FileStore({ directory: this.files.incoming })
  }

  /** The upload of that id; `undefined` when there is none, or nothing of it is left. */
  async upload(id: string): Promise<StoredUpload | undefined> {
    let found: Upload
    try {
      found = await this.uploads.getUpload(id)
    } catch (error) {
      if (error === ERRORS.FILE_NOT_FOUND || error === ERRORS.FILE_NO_LONGER_EXISTS) return undefined
      throw error
    }
    const { owner, area } = found.metadata ?? {}
    if (!owner || !area || found.size === undefined) return undefined
    return { id, owner, area, size: found.size, offset: found.offset, path: found.storage!.path }
  }

  /** How many uploads of a person lie unfinished; a burst of them is small, so the folder is simply looked through. */
  async unfinishedOf(owner: string): Promise<number> {
    let count = 0
    for (const name of await readdir(this.files.incoming)) {
      if (!name.endsWith('.json')) continue
      const upload = await this.upload(name.slice(0, -'.json'.length))
      if (upload?.owner === owner) count++
    }
    return count
  }

  /** Removes whatever is left of an upload. */
  async discard(id: string): Promise<void> {
    const path = `${this.files.incoming}/${id}`
    await rm(path, { force: true })
    await rm(`${path}.json`, { force: true })
  }

  /**
   * Makes a photo of a complete upload: files first, then the row, then the upload goes. Wherever a crash falls, doing
   * it again completes it.
   *
   * @throws ProblemError what is wrong with the file, or `id_taken`; the upload is gone then
   */
  finish(upload: StoredUpload): Promise<void> {
    return this.#inTurn(upload.id, async () => {
      try {
        await this.#process(upload)
      } catch (error) {
        if (error instanceof ProblemError) await this.discard(upload.id)
        throw isPassing(error) ? Object.assign(new ProblemError('unavailable'), { cause: error }) : error
      }
      await this.discard(upload.id)
    })
  }

  async #process({ id, owner, area, path }: StoredUpload): Promise<void> {
    const county = countyOf(area)
    const guard: Guard = { scope: [area], actor: owner }
    const taken = await this.transact(guard, (tx) => photoOwner(tx, county, id))
    if (taken === owner) return
    if (taken !== undefined) throw new ProblemError('id_taken')
    const sentBytes = (await stat(path)).size
    const picture = await makePicture(path)
    await this.#keep(guard, { county, id, area, owner, sentBytes }, picture)
  }

  async #keep(
    guard: Guard,
    photo: { county: string; id: string; area: string; owner: string; sentBytes: number },
    picture: Picture,
  ): Promise<void> {
    await this.files.keep(photo.county, photo.id, picture)
    const { width, height } = picture
    await this.transact(guard, (tx) => addPhoto(tx, { ...photo, width, height }))
  }
}

/** Opens the photo store of a data folder. */
export async function openPhotos(deps: PhotoServiceDeps): Promise<Photos> {
  const photos = new Photos(deps)
  await photos.files.open()
  return photos
}

/**
 * Puts a picture's files where the server looks for them, without a row: for bulk data, whose rows come by other ways.
 *
 * @param dataDir the server's data folder
 * @param image bytes of a picture that an upload could have
 */
export async function storePhoto(dataDir: string, county: string, id: string, image: Buffer): Promise<Photo> {
  const files = await new PhotoFiles(dataDir).open()
  const picture = await makePicture(image)
  await files.keep(county, id, picture)
  return { id, width: picture.width, height: picture.height }
}
