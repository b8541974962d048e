import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { OutputChunk } from 'rollup'
import { at } from './paths.ts'

/** What the last build of the CDN folder was made of: which chunk imports which, and holds which modules. */
const file = at('.cache/cdn-chunks.json')

/** Keeps the chunks of a build, without their source maps. */
export async function keepChunks(chunks: readonly OutputChunk[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(chunks.map((chunk) => ({ ...chunk, map: null, modules: {} }))))
}

/** The chunks of the last build, whose stamp the caller has looked at. */
export const keptChunks = async (): Promise<OutputChunk[]> =>
  JSON.parse(await readFile(file, 'utf8')) as OutputChunk[]
