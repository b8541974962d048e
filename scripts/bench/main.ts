// npm run bench -- <name>: one benchmark. Each prints its ratios and, last, `<name>: <figure>=<value> goal <goal>`.
import { readdir } from 'node:fs/promises'

/** A benchmark: the default export of scripts/bench/<name>.ts. Answers whether its goal is met. */
export type Bench = (args: string[]) => Promise<boolean>

const [name = '', ...args] = process.argv.slice(2)
const files = await readdir(new URL('.', import.meta.url))
const names = files
  .filter((file) => /^[a-z]+\.ts$/.test(file) && file !== 'main.ts')
  .map((file) => file.slice(0, -3))

if (name === 'size') {
  await import('../size.ts')
} else if (names.includes(name)) {
  const { default: bench } = (await import(`./${name}.ts`)) as { default: Bench }
  try {
    process.exitCode = (await bench(args)) ? 0 : 1
  } catch (error) {
    const { sentence } = error as { sentence?: string }
    if (sentence === undefined) throw error
    console.error(sentence)
    process.exitCode = 1
  }
} else {
  console.error(
    `There is no benchmark ${JSON.stringify(name)}: try one of ${[...names, 'size'].sort().join(', ')}.`,
  )
  process.exitCode = 1
}
