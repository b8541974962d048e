import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts a program in a process of its own, and hands it its plan as soon as it asks by `planned()`. */
export async function startPlanned(program: URL, plan: object): Promise<ChildProcess> {
  // without the preloaded module that ends a command with its parent: it lets go of the channel that is needed here
  const child = fork(fileURLToPath(program), { execArgv: ['--conditions=minqing-source'] })
  const gone = once(child, 'exit').then(() => Promise.reject(new Error(`${program.pathname} did not start`)))
  gone.catch(() => undefined)
  await Promise.race([once(child, 'message'), gone])
  child.send(plan)
  return child
}

/** In the program: its plan, once everything is loaded. */
export function planned(): Promise<unknown[]> {
  const message = once(process, 'message')
  process.send?.('ready for the plan')
  return message
}
