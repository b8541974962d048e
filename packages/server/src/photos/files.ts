import { randomBytes } from 'node:crypto'
import { open, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { photoSizes, type PhotoSize } from '@minqing/core'
import type { Picture } from './picture.ts'

/** Writes a file and waits until the disk has it. */
async function writeDurably(path: string, data: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o640)
  try {
    await file.writeFile(data)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Where pictures lie: `photos/<county>/<first two digits of the id>/<id>-<size>.webp`. */
export class PhotoFiles {
  readonly #root: string
  /** For files on their way; on the same file system, so that a rename is atomic. */
  readonly #incoming: string

  /** @param dataDir folder of the server's own; shared when several processes serve one database */
  constructor(dataDir: string) {
    this.#root = join(dataDir, 'photos')
    this.#incoming = join(dataDir, 'uploads')
  }

  get incoming(): string {
    return this.#incoming
  }

  async open(): Promise<this> {
    await mkdir(this.#root, { recursive: true, mode: 0o750 })
    await mkdir(this.#incoming, { recursive: true, mode: 0o750 })
    return this
  }

  path(county: string, id: string, size: PhotoSize): string {
    return join(this.#folder(county, id), `${id}-${size}.webp`)
  }

  /** Keeps a picture's files, whole or not at all; the same again changes nothing. */
  async keep(county: string, id: string, picture: Picture): Promise<void> {
    const folder = this.#folder(county, id)
    await mkdir(folder, { recursive: true, mode: 0o750 })
    for (const size of Object.keys(photoSizes) as PhotoSize[]) {
      // among the uploads, whose sweep finds what a crash leaves
      const draft = join(this.#incoming, `${id}.${size}.${randomBytes(4).toString('hex')}.part`)
      await writeDurably(draft, picture[size])
      await rename(draft, this.path(county, id, size))
    }
    await syncFolder(folder)
  }

  async remove(county: string, id: string): Promise<void> {
    for (const size of Object.keys(photoSizes) as PhotoSize[]) {
      await rm(this.path(county, id, size), { force: true })
    }
  }

  #folder(county: string, id: string): string {
    return join(this.#root, county, id.slice(0, 2))
  }
}
