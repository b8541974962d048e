import { hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const bytes = 32

/** Reads the data folder's secret, or makes it: whole or not at all, and the same for processes that start together. */
async function secretOf(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'signing-secret')
  const read = () => readFile(path).catch((error: NodeJS.ErrnoException) => rethrowUnlessMissing(error))
  const found = await read()
  if (found) return found
  await mkdir(dataDir, { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, randomBytes(bytes), { mode: 0o600, flush: true })
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  return readFile(path)
}

function rethrowUnlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

/** Keys for signing, one for each purpose, from one secret that lies in the data folder. */
export async function signingKeys(dataDir: string): Promise<(purpose: string) => Uint8Array> {
  const secret = await secretOf(dataDir)
  return (purpose) => new Uint8Array(hkdfSync('sha256', secret, '', `minqing ${purpose}`, bytes))
}
