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

/** A file and all that it imports statically, without the shared Lit chunk. */
function withImports(chunks: readonly OutputChunk[], first: string): OutputChunk[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const found = new Map<string, OutputChunk>()
  const visit = (file: string) => {
    const chunk = byFile.get(file)
    if (!chunk || found.has(file) || isLit(file)) return
    found.set(file, chunk)
    chunk.imports.forEach(visit)
  }
  visit(first)
  return [...found.values()]
}

const partOf = ({ fileName, code }: OutputChunk): Part => ({ file: fileName, bytes: gzipped(code) })

/** What loads at once with an entry: its statically imported chunks and itself, without the shared Lit chunk. */
export const eagerParts = (chunks: readonly OutputChunk[], entry: string): Part[] => [
  ...withImports(chunks, `${entry}.js`).map(partOf),
]

/** What the classic loader comes to: itself, and the start that it imports in its turn. */
export function classicParts(chunks: readonly OutputChunk[]): Part[] {
  const [own] = withImports(chunks, 'loader.classic.js')
  return [own!, ...own!.dynamicImports.flatMap((file) => withImports(chunks, file))].map(partOf)
}

/** What loads at once with a peer's bundle, whose first chunk is its entry. Its Lit, if it has one, is counted. */
export const wholeSize = (chunks: readonly OutputChunk[]): number =>
  withImports(chunks, chunks[0]!.fileName).reduce((sum, chunk) => sum + partOf(chunk).bytes, 0)

/**
 * The plugins of the build, by name, and their entry; each with all that it alone brings: what it imports, statically
 * or later, beyond what the entry has loaded and what widgets load, too.
 */
export function pluginParts(chunks: readonly OutputChunk[]): Part[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const entry = withImports(chunks, 'plugins.js')
  const there = new Set(entry.map(({ fileName }) => fileName))
  const everywhere = (file: string, found: Set<string>): Set<string> => {
    const chunk = byFile.get(file)
    if (!chunk || found.has(file) || there.has(file) || isLit(file)) return found
    found.add(file)
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) everywhere(next, found)
    return found
  }
  const ofWidgets = new Set<string>()
  for (const { fileName, isEntry, dynamicImports, imports } of chunks) {
    if (isEntry && fileName !== 'plugins.js')
      for (const file of [...imports, ...dynamicImports]) everywhere(file, ofWidgets)
  }
  const plugins = entry
    .flatMap(({ dynamicImports }) => dynamicImports.map((file) => byFile.get(file)!))
    .filter(({ facadeModuleId }) => facadeModuleId?.includes('/plugins/src/'))
  const named = plugins.map((chunk) => {
    const own = [...everywhere(chunk.fileName, new Set())].filter((file) => !ofWidgets.has(file))
    const bytes = own.reduce((sum, file) => sum + partOf(byFile.get(file)!).bytes, 0)
    return { file: chunk.name, bytes }
  })
  const list = entry.filter(({ fileName }) => !ofWidgets.has(fileName)).map(partOf)
  return [
    { file: 'plugins (their list)', bytes: list.reduce((sum, { bytes }) => sum + bytes, 0) },
    ...named.sort((a, b) => (a.file < b.file ? -1 : 1)),
  ]
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
