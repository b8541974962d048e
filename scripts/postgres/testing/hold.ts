// Starts PostgreSQL on the folder given, prints what a test needs to know, and stays until it is killed.
import { startPostgres } from '../index.ts'
import { failWith } from '../../problem.ts'

try {
  const log = (line: string) => console.error(line)
  const server = await startPostgres({ dataDir: process.argv[2] as string, log })
  const { pid, port, adopted } = server
  console.log(JSON.stringify({ pid, port, adopted }))
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)))
  setInterval(() => undefined, 60_000)
} catch (error) {
  failWith(error)
}
