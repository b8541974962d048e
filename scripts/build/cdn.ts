import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutputChunk } from 'rollup'
import { bundle } from './bundle.ts'
import { keepChunks } from './kept-chunks.ts'
import { at, cdnDir } from './paths.ts'
import { quietLit } from './quiet-lit.ts'
import { plainProperties } from './plain-properties.ts'
import { tightTemplates } from './templates.ts'
import { buildThemes } from './themes.ts'

const source = (path: string) => at(`packages/elements/src/${path}`)

/** Files that a page may name; all others are chunks behind them. */
export const cdnEntries = {
  loader: source('loader.ts'),
  // For pages without module scripts; it has to stay one expression, so that it leaves no names in the page.
  'loader.classic': source('loader/classic.ts'),
  elements: source('define/all.ts'),
  'diary-feed': source('define/mq-diary-feed.ts'),
  'diary-composer': source('define/mq-diary-composer.ts'),
  'issue-tracker': source('define/mq-issue-tracker.ts'),
  'issue-report': source('define/mq-issue-report.ts'),
  'issue-status': source('define/mq-issue-status.ts'),
  inbox: source('define/mq-inbox.ts'),
  scope: source('define/mq-scope.ts'),
  plugins: at('packages/plugins/src/index.ts'),
}

/** Chunks that are made on purpose; the others fall out of who imports what. The first match counts. */
const chunks: readonly [name: string, modules: RegExp][] = [
  // One Lit on a page: a second copy would ask for the trusted-types policy `lit-html` again and be refused.
  ['lit', /node_modules\/(lit|lit-html|lit-element|@lit\/reactive-element)\//],
  // Weighed by itself.
  ['idb', /node_modules\/idb\//],
  // What both loaders start: once, whichever of them a page has.
  ['start', /elements\/src\/loader\/(start|watch|table)\.ts/],
  // All that the loader needs besides itself.
  ['configure', /elements\/src\/(configure|version)\.ts/],
  // What every widget starts with, in one piece: several small ones compress worse.
  [
    'base',
    /elements\/src\/internal\/(element|define|icons|kinds|problem-text)\.ts|elements\/src\/scope\/find\.ts|core\/src\/diaries\/rules\.ts/,
  ],
]

/** What runs before a widget is drawn: what the loaders start, Lit, and each widget's first chunk. */
const atOnce =
  /^(start|lit|base|scope|inbox|(mq-)?diary-(composer|feed)|(mq-)?issue-(tracker|report|status))$/

/** Bundles the widgets without writing them. Chunks carry source maps. */
export const bundleCdn = (): Promise<OutputChunk[]> =>
  bundle({
    input: cdnEntries,
    conditions: ['minqing-source'],
    plugins: [quietLit(), plainProperties(), tightTemplates()],
    isAtOnce: (name) => atOnce.test(name),
    chunkOf: (id) => chunks.find(([, modules]) => modules.test(id))?.[0],
    // What is at the top of a classic script is global: nothing may be moved there.
    isClassic: (name) => name === 'loader.classic',
  })

/** Writes packages/elements/cdn/<version>: entries, chunks, source maps, themes and `sri.json` (file → integrity). */
export async function buildCdn(): Promise<string> {
  const dir = cdnDir()
  const chunks = await bundleCdn()
  await keepChunks(chunks)
  await rm(dir, { recursive: true, force: true })
  await writeChunks(dir, chunks)
  const integrity: Record<string, string> = {}
  const scripts = (await readdir(dir)).filter((file) => file.endsWith('.js')).sort()
  for (const name of [...scripts, ...(await buildThemes(dir))]) {
    const hash = createHash('sha384').update(await readFile(join(dir, name)))
    integrity[name] = `sha384-${hash.digest('base64')}`
  }
  await writeFile(join(dir, 'sri.json'), JSON.stringify(integrity, null, 2) + '\n')
  return dir
}

/** Writes chunks with their source maps. */
export async function writeChunks(dir: string, chunks: OutputChunk[]): Promise<void> {
  await mkdir(dir, { recursive: true })
  for (const { fileName, code, map } of chunks) {
    await writeFile(join(dir, fileName), `${code}//# sourceMappingURL=${fileName}.map\n`)
    await writeFile(join(dir, `${fileName}.map`), map?.toString() ?? '')
  }
}
