// npm start: the embedded PostgreSQL, the migrations, the demo data, the widgets, and the server that shows them.
import { watchLifetime } from '../lifetime.ts'
import { failWith } from '../problem.ts'
import type { RunningPostgres } from '../postgres/index.ts'
import { readSettings, USAGE } from './options.ts'
import { sayTo } from './say.ts'
import { start } from './start.ts'

let postgres: RunningPostgres | undefined
// however this process ends, short of being killed outright, PostgreSQL is told to end as well
process.once('exit', () => {
  try {
    if (postgres) process.kill(postgres.pid, 'SIGINT')
  } catch {
    // it has ended already, in order
  }
})

try {
  const settings = readSettings(process.argv.slice(2), process.env)
  if (settings === 'help') {
    console.log(USAGE)
  } else {
    const lifetime = watchLifetime(() => process.exit(130))
    await start(settings, sayTo(process.stdout), lifetime.signal, (running) => (postgres = running))
    postgres = undefined
    process.exit(0) // a seed or build that was cut short may still hold the process
  }
} catch (error) {
  failWith(error)
}
