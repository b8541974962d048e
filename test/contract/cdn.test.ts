import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { version } from '../../packages/elements/src/version.ts'
import { builtAssets } from '../support/assets.ts'

let folder = ''
let files: string[] = []
const read = (file: string) => readFile(join(folder, file), 'utf8')

before(async () => {
  folder = (await builtAssets()).cdnDir
  const versions = await readdir(folder)
  // The folder above the versions is what the server serves.
  const [newest] = versions.filter((name) => /^\d+\.\d+\.\d+/.test(name))
  if (newest) folder = join(folder, newest)
  files = await readdir(folder)
})

test('the entries that a page may name are there, each with its source map', () => {
  for (const entry of ['loader', 'elements', 'diary-feed', 'diary-composer', 'plugins']) {
    assert.ok(files.includes(`${entry}.js`), entry)
  }
  const scripts = files.filter((file) => file.endsWith('.js'))
  assert.deepEqual(
    scripts.filter((file) => !files.includes(`${file}.map`)),
    [],
  )
})

test('sri.json has the hash of every script and theme', async () => {
  const told = JSON.parse(await read('sri.json')) as Record<string, string>
  const scripts = files.filter((file) => file.endsWith('.js')).sort()
  const sheets = (await readdir(join(folder, 'themes'))).map((file) => `themes/${file}`).sort()
  assert.deepEqual(sheets, ['themes/blue.css', 'themes/high-contrast.css', 'themes/red.css'])
  assert.deepEqual(Object.keys(told).sort(), [...scripts, ...sheets].sort())
  for (const file of [...scripts, ...sheets]) {
    const hash = createHash('sha384')
      .update(await readFile(join(folder, file)))
      .digest('base64')
    assert.equal(told[file], `sha384-${hash}`, file)
  }
})

test('a theme says custom properties, and says them of widgets alone', async () => {
  for (const file of await readdir(join(folder, 'themes'))) {
    const css = (await read(`themes/${file}`)).replace(/\/\*.*?\*\//g, '')
    const selectors = [...css.matchAll(/([^{};]+)\{/g)].map(([, head]) => head!.trim())
    const others = selectors
      .filter((head) => head !== '@media (prefers-color-scheme: dark)')
      .flatMap((head) => head.split(/,\s*/))
      .filter((one) => !/^mq(-[a-z]+)+(:not\(\[theme='light'\]\)|\[theme='dark'\])?$/.test(one))
    assert.deepEqual(others, [], file)
    const said = [...css.matchAll(/([\w-]+): [^;{}]+;/g)].map(([, name]) => name!)
    assert.ok(said.length >= 27, file)
    assert.deepEqual(
      said.filter((name) => !name.startsWith('--mq-')),
      [],
      file,
    )
  }
})

test('Lit is there once, and asks for its policy once', async () => {
  const holders = []
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    if ((await read(file)).includes('litHtmlVersions')) holders.push(file)
  }
  assert.equal(holders.length, 1)
  assert.match(holders[0]!, /^lit-/)
})

/** The file and all that it imports at once, or, if so asked, also later. */
async function behind(entry: string, later = false, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(entry)) return found
  found.add(entry)
  const code = await read(entry)
  const pattern = later ? /["']\.\/([\w.-]+\.js)["']/g : /(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g
  for (const [, file] of code.matchAll(pattern)) await behind(file!, later, found)
  return found
}

test('plugins and widgets have one registry and one configuration, which the loader speaks to', async () => {
  const holders = async (sentence: string) => {
    const found: string[] = []
    for (const file of files.filter((name) => name.endsWith('.js'))) {
      if ((await read(file)).includes(sentence)) found.push(file)
    }
    return found
  }
  const plugins = await behind('plugins.js')
  const [registry, ...others] = await holders('is used already; the newer one takes over.')
  assert.deepEqual(others, [])
  assert.ok(plugins.has(registry!), 'the registry')
  const [configure] = files.filter((file) => /^configure-.*\.js$/.test(file))
  const [services] = files.filter((file) => /^services-.*\.js$/.test(file))
  for (const entry of ['loader', 'plugins', 'diary-composer', 'diary-feed']) {
    assert.ok((await behind(`${entry}.js`)).has(configure!), `${entry} configures by ${configure}`)
  }
  assert.ok(plugins.has(services!), 'plugins offer services')
  assert.ok((await behind('diary-composer.js', true)).has(services!), 'the composer asks for services')
  assert.ok(!(await behind('loader.js')).has(services!), 'the loader brings them only when a plugin is named')
  const [start] = files.filter((file) => /^start-.*\.js$/.test(file))
  assert.match(await read(start!), /new URL\("plugins\.js",import\.meta\.url\)/)
})

/** What Chromium 86 lacks, eval, and styles that a strict policy refuses. */
const forbidden = [
  /\beval\(/,
  /new Function\(/,
  /\.randomUUID\(/,
  /\bstructuredClone\(/,
  /Object\.(hasOwn|groupBy)\(/,
  /\.(at\(-|findLast|toSorted|toReversed|throwIfAborted|withResolvers)/,
  /AbortSignal\.timeout/,
  /\sstyle="?\$\{/,
  /[{;]inset:|aspect-ratio:|:has\(|:is\(|@container|color-mix\(/,
]

test('nothing needs eval, inline styles, or a browser newer than Chromium 86', async () => {
  const found: string[] = []
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const code = await read(file)
    for (const pattern of forbidden) {
      const hit = pattern.exec(code)
      if (hit) found.push(`${file}: …${code.slice(Math.max(0, hit.index - 60), hit.index + 60)}…`)
    }
  }
  assert.deepEqual(found, [])
})

test('source maps lead back to the sources', async () => {
  const map = JSON.parse(await read('diary-composer.js.map')) as {
    sources: string[]
    sourcesContent?: string[]
  }
  assert.ok(map.sources.some((source) => source.endsWith('diary-composer/diary-composer.ts')))
  assert.equal(map.sourcesContent?.length, map.sources.length)
})

test('the widgets say the version of their package', async () => {
  const text = await readFile(new URL('../../packages/elements/package.json', import.meta.url), 'utf8')
  assert.equal(version, (JSON.parse(text) as { version: string }).version)
})
