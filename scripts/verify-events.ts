// npm run verify-events: recomputes the hash chains of all issues and looks for gaps; one line for each fault, exit 1 on any.
import { faultLine, verifyChains } from '@minqing/server'
import { failWith } from './problem.ts'
import { startPostgres, type RunningPostgres } from './postgres/index.ts'
import { explainDatabase } from './start/database.ts'
import { readSettings } from './start/options.ts'

const USAGE = `Usage: npm run verify-events

Looks at the database of DATABASE_URL, or at that of npm start in MQ_DATA_DIR (.data).
The user has to be the one who owns the tables: others see only a part of them.`

/** Ours, if no other is named: the one of npm start, which must not be running. */
async function ownPostgres(dataDir: string): Promise<RunningPostgres> {
  return startPostgres({ dataDir, log: (line) => console.error(line) })
}

async function run(): Promise<number> {
  const settings = readSettings(process.argv.slice(2), process.env)
  if (settings === 'help') {
    console.log(USAGE)
    return 0
  }
  const { databaseUrl, dataDir } = settings
  const own = databaseUrl === undefined ? await ownPostgres(dataDir) : undefined
  try {
    let shown = 0
    const { issues, events, faults } = await explainDatabase(databaseUrl, () =>
      verifyChains(
        databaseUrl ?? own!.url,
        (fault) => console.log(faultLine(fault)),
        (done) => {
          if (done < shown + 20_000) return
          shown = done
          console.error(`  ${done} issues`)
        },
      ),
    )
    console.log(`verify-events: ${issues} issues, ${events} events, ${faults} faults`)
    return faults > 0 ? 1 : 0
  } finally {
    await own?.stop()
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  failWith(error)
}
