import assert from 'node:assert/strict'
import { glob, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import ts from 'typescript'
import { builtAssets } from '../../test/support/assets.ts'
import { valuesOf } from './editor-data.ts'
import { buildFrameworks } from './frameworks.ts'
import type { Manifest } from './manifest.ts'
import { at, elementsVersion, root } from './paths.ts'
import { widgetsOf, type Widget } from './widgets.ts'

// inside the repository, so that the frameworks' own types are found
const dir = at(`.cache/frameworks-${process.pid}`)
let widgets: Widget[]

const read = async <Shape>(name: string) => JSON.parse(await readFile(join(dir, name), 'utf8')) as Shape

before(async () => {
  await builtAssets()
  const manifest = JSON.parse(
    await readFile(at('packages/elements/custom-elements.json'), 'utf8'),
  ) as Manifest
  widgets = widgetsOf(manifest)
  await mkdir(dir, { recursive: true })
  await buildFrameworks(manifest, dir)
})
after(() => rm(dir, { recursive: true, force: true }))

/**
 * What the compiler says to right and wrong uses (a wrong one that compiles is an error, too), to the generated
 * declarations and to the React example. Only these files are checked: the widgets' sources are, elsewhere.
 */
async function compile(): Promise<string[]> {
  const frameworks = ['react', 'vue', 'svelte'] as const
  const files: string[] = []
  for await (const file of glob(
    ['packages/elements/testing/frameworks/*.{ts,tsx}', 'examples/{react19,vue3}/src/*.{ts,tsx}'],
    { cwd: root },
  )) {
    files.push(at(file))
  }
  const program = ts.createProgram({
    rootNames: [...files, ...frameworks.map((name) => join(dir, `frameworks/${name}.d.ts`))],
    options: {
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      customConditions: ['minqing-source'],
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
      jsx: ts.JsxEmit.ReactJSX,
      types: [],
      experimentalDecorators: true,
      useDefineForClassFields: false,
      paths: Object.fromEntries(
        frameworks.map((name) => [`@minqing/elements/${name}`, [join(dir, `frameworks/${name}.d.ts`)]]),
      ),
    },
  })
  const made = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(dir))
  assert.equal(made.length, 4, 'the generated files are what is compiled')
  const checked = [...made, ...files.map((file) => program.getSourceFile(file)!)]
  return checked
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, start = 0, messageText }) => {
      const line = file && file.getLineAndCharacterOfPosition(start).line + 1
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
}

test('React, Vue and Svelte accept right uses of the widgets and refuse wrong ones', async () => {
  assert.deepEqual(await compile(), [])
})

test('every widget, attribute and event is told to every framework and editor', async () => {
  const tags = ['mq-diary-composer', 'mq-diary-feed', 'mq-inbox', 'mq-issue-report', 'mq-issue-status']
  assert.deepEqual(
    widgets.map(({ tag }) => tag).filter((tag) => [...tags, 'mq-issue-tracker'].includes(tag)),
    [...tags, 'mq-issue-tracker'],
  )
  const texts = await Promise.all(
    ['widgets', 'react', 'vue', 'svelte'].map((name) =>
      readFile(join(dir, `frameworks/${name}.d.ts`), 'utf8'),
    ),
  )
  for (const { tag, events, fields } of widgets) {
    for (const text of texts) assert.ok(text.includes(`'${tag}'`), tag)
    // a scope is for the widgets in it: it has a connection and tells nothing
    const [leastEvents, leastFields] = tag === 'mq-scope' ? [0, 4] : [1, 7]
    assert.ok(events.length >= leastEvents && fields.length >= leastFields, `${tag} has events and fields`)
    for (const { name } of events) assert.ok(texts[0]!.includes(`'${name}'`), name)
  }
})

interface Named {
  name: string
  description: string
}
interface VscodeTag extends Named {
  attributes: (Named & { values?: Named[]; valueSet?: string })[]
}

test("VS Code's data has its version, and each widget with its attributes and their values", async () => {
  const { version, tags } = await read<{ version: number; tags: VscodeTag[] }>('vscode.html-custom-data.json')
  assert.equal(version, 1.1)
  assert.deepEqual(
    tags.map(({ name, attributes }) => [name, attributes.map((one) => one.name)]),
    widgets.map(({ tag, fields }) => [tag, fields.flatMap(({ attribute }) => attribute ?? [])]),
  )
  for (const { attributes } of tags) for (const one of attributes) assert.ok(one.description, one.name)
  const feed = tags.find(({ name }) => name === 'mq-diary-feed')!.attributes
  const kinds = feed.find(({ name }) => name === 'kind')!.values!.map(({ name }) => name)
  assert.deepEqual(kinds, ['visit', 'factory', 'workshop', 'idea', 'help'])
  assert.equal(feed.find(({ name }) => name === 'no-filters')!.valueSet, 'v')
})

interface WebElement extends Named {
  attributes: (Named & { value: { kind?: string; type: string | string[] } })[]
  slots: Named[]
  js: { properties: Named[]; events: (Named & { type: string })[] }
  css: { parts: Named[]; properties: Named[] }
}

test("JetBrains' data has name, version, and each widget with attributes, events, slots and parts", async () => {
  const all = await read<{
    name: string
    version: string
    contributions: { html: { elements: WebElement[] } }
  }>('web-types.json')
  assert.deepEqual([all.name, all.version], ['@minqing/elements', elementsVersion()])
  const { elements } = all.contributions.html
  const names = (list: { name: string }[]) => list.map(({ name }) => name)
  assert.deepEqual(
    elements.map((one) => [
      one.name,
      names(one.attributes),
      names(one.js.events),
      names(one.slots),
      names(one.css.parts),
    ]),
    widgets.map((one) => [
      one.tag,
      one.fields.flatMap(({ attribute }) => attribute ?? []),
      names(one.events),
      names(one.slots),
      names(one.cssParts),
    ]),
  )
  const tracker = elements.find(({ name }) => name === 'mq-issue-tracker')!
  assert.deepEqual(tracker.attributes.find(({ name }) => name === 'view')!.value.type, ["'list'", "'board'"])
  assert.ok(names(tracker.css.properties).includes('--mq-accent'))
})

test('an attribute of a type that nobody knows stops the build', () => {
  assert.throws(
    () => valuesOf({ name: 'mood', type: { text: 'Mood | undefined' } }),
    /Attribute mood is a Mood/,
  )
  assert.deepEqual(valuesOf({ name: 'theme', type: { text: "'light' | 'dark' | undefined" } }), [
    'light',
    'dark',
  ])
})
