import { spawn } from 'node:child_process'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Where the finished site lies. */
export const siteDir = join(root, 'docs/_site')

/**
 * Builds the docs site into `docs/_site` with Eleventy, in a process of its own: it reads the working folder and
 * caches modules, and a second build in one process would show the first one's data.
 *
 * @throws Error with Eleventy's output when a page cannot be made
 */
export async function buildSite({ log = () => {} }: { log?: (line: string) => void } = {}): Promise<void> {
  // Made aside and then put in place: a server that is running goes on showing the old site meanwhile.
  const draft = `.cache/site-${process.pid}`
  const started = performance.now()
  const output = await run(process.execPath, [
    '--conditions=minqing-source',
    join(root, 'node_modules/@11ty/eleventy/cmd.cjs'),
    '--config=docs/eleventy.config.js',
    `--output=${draft}`,
    '--quiet',
  ]).catch(async (error: unknown) => {
    await rm(join(root, draft), { recursive: true, force: true })
    throw error
  })
  await rm(siteDir, { recursive: true, force: true })
  await rename(join(root, draft), siteDir)
  log(`docs site built in ${Math.round(performance.now() - started)} ms${output ? `\n${output}` : ''}`)
}

function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(output.trim()) : reject(new Error(`The docs site was not built:\n${output}`)),
    )
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSite({ log: console.log })
