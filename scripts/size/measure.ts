import { gzipSync } from 'node:zlib'
import type { OutputChunk } from 'rollup'

export const kb = (bytes: number): number => bytes / 1024
export const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length

/** A chunk's part in a widget's first load. */
export interface Part {
  file: string
  bytes: number
}

const isLit = (file: string) => file.startsWith('lit-')

/** What loads at once with an entry: its statically imported chunks and itself, without the shared Lit chunk. */
export function eagerParts(chunks: readonly OutputChunk[], entry: string): Part[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const found = new Map<string, OutputChunk>()
  const visit = (file: string) => {
    const chunk = byFile.get(file)
    if (!chunk || found.has(file) || isLit(file)) return
    found.set(file, chunk)
    chunk.imports.forEach(visit)
  }
  visit(`${entry}.js`)
  return [...found.values()].map(({ fileName, code }) => ({ file: fileName, bytes: gzipped(code) }))
}

/** The shared Lit chunk. More than one copy of Lit is an error: two cannot live on a page with trusted types. */
export function litPart(chunks: readonly OutputChunk[]): Part {
  const holders = chunks.filter(({ moduleIds }) =>
    moduleIds.some((id) => /node_modules\/lit-html\//.test(id)),
  )
  const [lit] = holders
  if (!lit || holders.length > 1 || !isLit(lit.fileName)) {
    throw new Error(
      `Lit has to be in one chunk, and is in ${holders.map(({ fileName }) => fileName).join(', ')}.`,
    )
  }
  return { file: lit.fileName, bytes: gzipped(lit.code) }
}

/** Chunks that are loaded only when needed, largest first. */
export function lazyParts(chunks: readonly OutputChunk[], eager: readonly string[]): Part[] {
  return chunks
    .filter(({ fileName, isEntry }) => !isEntry && !eager.includes(fileName) && !isLit(fileName))
    .map(({ fileName, code }) => ({ file: fileName, bytes: gzipped(code) }))
    .sort((a, b) => b.bytes - a.bytes)
}
