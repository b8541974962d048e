import type { Client, ClientOptions, MinqingError } from '@minqing/client'
import { adviseOn } from './answers.ts'
import { check } from './check.ts'
import { connectionOf, isSame, type Connected, type Connection } from './connection.ts'
import { tokensOf } from './tokens.ts'

interface Entry {
  connection: Connection
  client: Promise<Client>
  users: number
}

const shared: Entry[] = []

/** A widget's share in a client. */
export interface Share {
  client: Promise<Client>
  /** Whether it is still the server and person of the widget. */
  suits(): boolean
  release(): void
}

/**
 * Takes a share in the client of the widget's server and person; it is loaded on first use and closed when the last
 * share is given back.
 *
 * @throws after `destroy`
 */
export function acquire(widget: Connected): Share {
  const connection = connectionOf(widget)
  check(widget)
  let entry = shared.find((one) => isSame(one.connection, connection))
  if (!entry) {
    const made: Entry = { connection, client: load(connection), users: 0 }
    // A chunk that failed to load (the line was cut) must not be remembered.
    made.client.catch(() => forget(made))
    shared.push((entry = made))
  }
  const held = entry
  held.users++
  let released = false
  return {
    client: held.client,
    suits: () => isSame(connection, connectionOf(widget)),
    release() {
      if (released) return
      released = true
      held.users--
      if (held.users || !shared.includes(held)) return
      forget(held)
      void held.client.then((client) => client.close()).catch(() => undefined)
    },
  }
}

function forget(entry: Entry): void {
  const at = shared.indexOf(entry)
  if (at >= 0) shared.splice(at, 1)
}

async function load(connection: Connection): Promise<Client> {
  const { baseUrl, fetch, atRest } = connection
  const { createClient } = await import('@minqing/client')
  const options: ClientOptions = {
    baseUrl,
    getToken: await tokensOf(connection),
    onProblem: (problem: MinqingError, route) => adviseOn(baseUrl, problem, route),
    ...(fetch && { fetch }),
    ...(atRest && { atRest }),
  }
  return createClient(options)
}
