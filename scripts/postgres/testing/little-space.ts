import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { discardPostgres } from '../discard.ts'
import { atEnd } from './help.ts'

/** A data folder on a small file system of its own. */
export interface LittleSpace {
  dataDir: string
  enlarge(): Promise<void>
  fill(): Promise<void>
  free(): Promise<void>
}

/** Makes a data folder on a file system with 12 MB, a third of what a cluster needs. Mounting is for root. */
export async function withLittleSpace(t: TestContext): Promise<LittleSpace> {
  const folder = await mkdtemp(join(tmpdir(), 'minqing-space-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=0755', 'minqing', folder])
  const dataDir = join(folder, 'data')
  await chmod(folder, 0o755)
  atEnd(t, async () => {
    await discardPostgres(dataDir)
    execFileSync('umount', [folder])
    await rm(folder, { recursive: true })
  })
  const filler = join(folder, 'filler')
  return {
    dataDir,
    enlarge: async () => void execFileSync('mount', ['-o', 'remount,size=200m', folder]),
    fill: async () => {
      const block = Buffer.alloc(1024 * 1024)
      for (let size = block.length; size >= 1; size = Math.floor(size / 2)) {
        for (;;) {
          try {
            await writeFile(filler, block.subarray(0, size), { flag: 'a' })
          } catch {
            break
          }
        }
      }
    },
    free: async () => rm(filler),
  }
}
