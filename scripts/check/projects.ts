import { cp, glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChild } from '../test/child.ts'
import { entriesOf, importAll, type Entry, type Manifest } from './entries.ts'
import { windows, type Tarballs } from './packed.ts'
import type { Report } from './report.ts'

/** Which of our packages run where. */
const browserPackages = ['core', 'client', 'elements', 'plugins']
const nodePackages = ['core', 'client', 'server']
export const bundlers = ['vite', 'webpack', 'rollup'] as const
export type Bundler = (typeof bundlers)[number]

const templates = fileURLToPath(new URL('projects', import.meta.url))

/** A project with our packages installed from their tarballs. */
export interface Project {
  readonly name: string
  readonly folder: string
  readonly entries: readonly Entry[]
  /** Custom elements that the packages define. */
  readonly tags: readonly string[]
}

const readJson = async <T>(...path: string[]): Promise<T> =>
  JSON.parse(await readFile(join(...path), 'utf8')) as T

/** The committed package.json, with the tarballs in the place of what a registry would give. */
async function writeManifest(name: string, folder: string, names: readonly string[], tarballs: Tarballs) {
  const manifest = await readJson<object>(templates, name, 'package.json')
  const ours = names.map((one) => [`@minqing/${one}`, `file:${tarballs.get(one) ?? ''}`] as const)
  const whole = {
    ...manifest,
    dependencies: Object.fromEntries(ours),
    // the packages name each other by version, which no registry has yet
    overrides: Object.fromEntries(ours.map(([one]) => [one, `$${one}`])),
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(whole, null, 2))
}

async function installed(folder: string, names: readonly string[]): Promise<Entry[]> {
  const all: Entry[] = []
  for (const name of names) {
    const home = join(folder, 'node_modules/@minqing', name)
    const files: string[] = []
    for await (const file of glob('**/*.{js,json,css}', { cwd: home }))
      files.push(`./${file.replaceAll('\\', '/')}`)
    all.push(...entriesOf(await readJson<Manifest>(home, 'package.json'), files))
  }
  return all
}

interface CustomElements {
  modules: { declarations?: { tagName?: string }[] }[]
}

async function tagsOf(folder: string): Promise<string[]> {
  const { modules } = await readJson<CustomElements>(
    folder,
    'node_modules/@minqing/elements/custom-elements.json',
  )
  return modules
    .flatMap(({ declarations = [] }) => declarations.flatMap(({ tagName }) => tagName ?? []))
    .sort()
}

/** Makes an empty project, installs the tarballs in it with npm, and writes what imports all entries. */
export async function makeProject(
  name: Bundler | 'node',
  home: string,
  tarballs: Tarballs,
  report: Report,
): Promise<Project | undefined> {
  const folder = join(home, name)
  const names = name === 'node' ? nodePackages : browserPackages
  await cp(join(templates, name), folder, { recursive: true })
  await writeManifest(name, folder, names, tarballs)
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--prefer-offline',
    '--prefix',
    folder,
  ]
  const options = { ...report.context, patience: 300_000 }
  const { code, said } = await runChild(windows ? 'npm.cmd' : 'npm', args, options)
  report.tell(`install into an empty ${name} project`, code === 0 ? [] : [said.trim()])
  if (code !== 0) return undefined
  const entries = await installed(folder, names)
  await writeFile(join(folder, 'types.ts'), importAll(entries, { bare: false }))
  if (name === 'node') {
    await writeFile(join(folder, 'entries.js'), importAll(entries, { data: ` with { type: 'json' }` }))
    return { name, folder, entries, tags: [] }
  }
  for (const page of ['all', 'client', 'widget']) {
    await mkdir(join(folder, page), { recursive: true })
    await cp(join(templates, 'page', 'index.html'), join(folder, page, 'index.html'))
    await cp(join(templates, 'page', `${page}.js`), join(folder, page, 'main.js'))
  }
  // what is data is for tools, not for pages
  const onPage = entries.filter(({ kind }) => kind !== 'data')
  await writeFile(join(folder, 'all', 'entries.js'), importAll(onPage))
  return { name, folder, entries, tags: await tagsOf(folder) }
}
