// npm run compat [-- <part of a browser's name>]: every widget in every browser that we promise; exit 1 on a hole
// that the docs do not explain.
import { holes } from '../../docs/lib/browsers.ts'
import { browsers } from '../../test/compat/browsers.ts'
import { allChecks } from '../../test/compat/checks.ts'
import { forgottenWidgets } from '../../test/compat/renders.ts'
import { look } from './look.ts'
import { print, type Column } from './matrix.ts'

const wanted = process.argv.slice(2).map((name) => name.toLowerCase())
const chosen = browsers.filter(
  ({ name }) => !wanted.length || wanted.some((part) => name.toLowerCase().includes(part)),
)

const explain = (id: string, browser: string) => {
  const hole = holes[id]
  return hole?.browsers.includes(browser) ? hole.title : undefined
}

async function compat(): Promise<boolean> {
  const columns: Column[] = []
  for (const browser of chosen) {
    const began = performance.now()
    let last = ''
    columns.push(await look(browser, (title) => (last = title)))
    console.log(`${browser.name}: ${((performance.now() - began) / 1000).toFixed(0)} s, last: ${last}`)
  }
  const { lines, summary, isGood } = print(allChecks(), columns, explain)
  console.log(`\n${lines.join('\n')}\n`)
  const forgotten = await forgottenWidgets()
  for (const tag of forgotten)
    console.error(`Nobody looks at <${tag}>: give it an entry in test/compat/renders.ts.`)
  console.log(
    `compat: ${columns.length} of ${browsers.length} browsers, ${summary}${forgotten.length ? `, ${forgotten.length} forgotten` : ''}`,
  )
  return isGood && forgotten.length === 0
}

// Browsers are killed as this process exits, which a signal alone would not bring about.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

if (chosen.length) process.exitCode = (await compat()) ? 0 : 1
else {
  console.error(`There is no such browser: try one of ${browsers.map(({ name }) => name).join(', ')}.`)
  process.exitCode = 1
}
