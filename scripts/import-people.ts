// npm run import-people -- people.csv [--dry-run]: replaces the people who may sign in by a host; exit 1 when nothing was taken.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { importPeople, migrate, type PeopleImport } from '@minqing/server'
import { failWith, StartupProblem } from './problem.ts'
import { startPostgres } from './postgres/index.ts'
import { explainDatabase } from './start/database.ts'
import { readSettings } from './start/options.ts'

const USAGE = `Usage: npm run import-people -- people.csv [--dry-run]

Takes a CSV of people, one line for each role that somebody holds:

  provider,subject,id,name,title,role,area,unit

It holds everybody who signs in by its providers in its counties: who stands in it no more is let in no more.
Either all of it is taken, or nothing.

  --dry-run  only say what would be done

It goes into the database of DATABASE_URL, or into that of npm start in MQ_DATA_DIR (.data), which must not be
running then. The user has to be the one who owns the tables.`

function readArguments(args: string[]): { file: string; dryRun: boolean } | 'help' {
  const options = { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
  try {
    const { values, positionals } = parseArgs({ args, options, strict: true, allowPositionals: true })
    const [file, ...others] = positionals
    if (values.help) return 'help'
    if (file !== undefined && others.length === 0) return { file, dryRun: values['dry-run'] ?? false }
  } catch {
    // told below
  }
  throw new StartupProblem(`Name one file.\n\n${USAGE}`)
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartupProblem(`${file} cannot be read (${code ?? String(error)}): check its name.`)
  }
}

const lineOf = ({ people, grants, added, removed, providers, counties }: PeopleImport, dryRun: boolean) =>
  `import-people: ${people} people with ${grants} roles by ${providers.join(', ')} in ${counties.join(', ')}; ` +
  `${added} new, ${removed} removed${dryRun ? ' (dry run: nothing was changed)' : ''}`

/** Does what the arguments ask for, and answers the line to print. */
export async function run(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const asked = readArguments(args)
  const settings = readSettings([], env)
  if (asked === 'help' || settings === 'help') return USAGE
  const { file, dryRun } = asked
  const bytes = await bytesOf(file)
  const { databaseUrl, dataDir } = settings
  const own = databaseUrl ? undefined : await startPostgres({ dataDir, log: (line) => console.error(line) })
  try {
    const url = databaseUrl ?? own!.url
    const done = await explainDatabase(databaseUrl, async () => {
      if (own) await migrate(url)
      return importPeople(url, bytes, { dryRun })
    })
    return lineOf(done, dryRun)
  } finally {
    await own?.stop()
  }
}

if (import.meta.main) {
  try {
    console.log(await run(process.argv.slice(2), process.env))
  } catch (error) {
    failWith(error)
  }
}
