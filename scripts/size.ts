// npm run size: what a page downloads for each widget, beside its budget; exit 1 above a budget. With `--peers` others'
// widgets are bundled by the same tools and told beside; they are installed once, which needs the network.
import { bundleCdn } from './build/cdn.ts'
import { keptChunks } from './build/kept-chunks.ts'
import { budgets, idbBudgetKb } from './size/budgets.ts'
import { classicParts, eagerParts, kb, lazyParts, litPart, pluginParts, type Part } from './size/measure.ts'
import { areAssetsFresh } from './start/assets.ts'

const figure = (bytes: number) => `${kb(bytes).toFixed(2).padStart(6)} KB`
const total = (parts: readonly Part[]) => parts.reduce((sum, { bytes }) => sum + bytes, 0)

const chunks = (await areAssetsFresh()) ? await keptChunks() : await bundleCdn()
const failures: string[] = []
const eager = new Set<string>()

console.log('First load of each widget, gzipped, besides the shared Lit chunk:\n')
for (const { name, entry, kb: most, advice } of budgets) {
  const parts =
    entry === 'lit'
      ? [litPart(chunks)]
      : entry === 'loader.classic'
        ? classicParts(chunks)
        : eagerParts(chunks, entry)
  const bytes = total(parts)
  const over = kb(bytes) > most
  console.log(`  ${name.padEnd(28)} ${figure(bytes)}  of ${most} KB${over ? '  TOO MUCH' : ''}`)
  for (const { file, bytes } of parts) {
    eager.add(file)
    if (parts.length > 1) console.log(`      ${file.padEnd(30)} ${figure(bytes)}`)
  }
  if (over) failures.push(`${name} is ${kb(bytes).toFixed(2)} KB, ${most} KB are allowed. ${advice}`)
}

const plugins = pluginParts(chunks)
console.log('\nPlugins, loaded when named; with what each needs besides, and without what widgets share:\n')
for (const { file, bytes } of plugins) console.log(`  ${file.padEnd(28)} ${figure(bytes)}`)

const lazy = lazyParts(chunks, [...eager])
const idb = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.includes('/node_modules/idb/')))
const idbBytes = lazy.find(({ file }) => file === idb?.fileName)?.bytes ?? 0
if (kb(idbBytes) > idbBudgetKb + 0.05)
  failures.push(`idb is ${kb(idbBytes).toFixed(2)} KB, ${idbBudgetKb} KB are allowed.`)

console.log('\nLoaded when first needed:\n')
for (const { file, bytes } of lazy) console.log(`  ${file.padEnd(34)} ${figure(bytes)}`)

if (process.argv.includes('--peers')) {
  const { peerSizes } = await import('./size/peers.ts')
  const first = total([
    litPart(chunks),
    ...eagerParts(chunks, 'loader'),
    ...eagerParts(chunks, 'diary-composer'),
  ])
  console.log(
    '\nPeers, bundled by the same tools, without their style sheets; our loader, Lit and composer as a share of each:\n',
  )
  for (const { title, bytes } of await peerSizes())
    console.log(`  ${title.padEnd(28)} ${figure(bytes)}   ${(first / bytes).toFixed(2)}`)
}
console.log('')

for (const failure of failures) console.error(failure)
console.log(failures.length ? `size: ${failures.length} budgets passed over` : 'size: all budgets kept')
process.exitCode = failures.length ? 1 : 0
