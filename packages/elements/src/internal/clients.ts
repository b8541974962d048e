import type { Client, ClientOptions } from '@minqing/client'

/** How to reach a server as a person. Widgets that say the same share one client: one outbox, one live connection. */
export interface Connection {
  baseUrl: string
  getToken?: (() => string | Promise<string>) | undefined
  tokenUrl?: string | undefined
  fetch?: typeof fetch | undefined
}

interface Entry {
  connection: Connection
  client: Promise<Client>
  users: number
}

const shared: Entry[] = []

const same = (a: Connection, b: Connection) =>
  a.baseUrl === b.baseUrl && a.getToken === b.getToken && a.tokenUrl === b.tokenUrl && a.fetch === b.fetch

/** A widget's share in a client. */
export interface Share {
  client: Promise<Client>
  release(): void
}

/** Takes a share in a client; it is loaded on first use and closed when the last share is given back. */
export function acquire(connection: Connection): Share {
  let entry = shared.find((one) => same(one.connection, connection))
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
    release() {
      if (released) return
      released = true
      held.users--
      // A widget that is only moved in the page comes back within the turn.
      setTimeout(() => {
        if (held.users || !shared.includes(held)) return
        forget(held)
        void held.client.then((client) => client.close()).catch(() => undefined)
      })
    },
  }
}

function forget(entry: Entry): void {
  const at = shared.indexOf(entry)
  if (at >= 0) shared.splice(at, 1)
}

async function load({ baseUrl, getToken, tokenUrl, fetch }: Connection): Promise<Client> {
  const { createClient } = await import('@minqing/client')
  const token = getToken ?? (tokenUrl ? (await import('./token-url.ts')).tokenFrom(tokenUrl) : undefined)
  const options: ClientOptions = {
    baseUrl,
    getToken: token
      ? async () => token()
      : () => Promise.reject(new Error('No getToken or token-url is set')),
    ...(fetch && { fetch }),
  }
  return createClient(options)
}
