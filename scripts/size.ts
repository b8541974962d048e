// npm run size: what a page downloads for each widget, beside its budget and the peers; exit 1 above a budget.
import { bundleCdn } from './build/cdn.ts'
import { budgets, idbBudgetKb, peers } from './size/budgets.ts'
import { eagerParts, kb, lazyParts, litPart, type Part } from './size/measure.ts'

const figure = (bytes: number) => `${kb(bytes).toFixed(2).padStart(6)} KB`
const total = (parts: readonly Part[]) => parts.reduce((sum, { bytes }) => sum + bytes, 0)

const chunks = await bundleCdn()
const failures: string[] = []
const eager = new Set<string>()

console.log('First load of each widget, gzipped, besides the shared Lit chunk:\n')
for (const { name, entry, kb: most, advice } of budgets) {
  const parts = entry === 'lit' ? [litPart(chunks)] : eagerParts(chunks, entry)
  const bytes = total(parts)
  const over = kb(bytes) > most
  console.log(`  ${name.padEnd(28)} ${figure(bytes)}  of ${most} KB${over ? '  TOO MUCH' : ''}`)
  for (const { file, bytes } of parts) {
    eager.add(file)
    if (parts.length > 1) console.log(`      ${file.padEnd(30)} ${figure(bytes)}`)
  }
  if (over) failures.push(`${name} is ${kb(bytes).toFixed(2)} KB, ${most} KB are allowed. ${advice}`)
}

const lazy = lazyParts(chunks, [...eager])
const idb = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.includes('/node_modules/idb/')))
const idbBytes = lazy.find(({ file }) => file === idb?.fileName)?.bytes ?? 0
if (kb(idbBytes) > idbBudgetKb + 0.05)
  failures.push(`idb is ${kb(idbBytes).toFixed(2)} KB, ${idbBudgetKb} KB are allowed.`)

console.log('\nLoaded when first needed:\n')
for (const { file, bytes } of lazy) console.log(`  ${file.padEnd(34)} ${figure(bytes)}`)

console.log('\nPeers, for comparison:\n')
for (const [name, size] of peers) console.log(`  ${name.padEnd(28)} ${size.toFixed(1).padStart(6)} KB`)
console.log('')

for (const failure of failures) console.error(failure)
console.log(failures.length ? `size: ${failures.length} budgets passed over` : 'size: all budgets kept')
process.exitCode = failures.length ? 1 : 0
