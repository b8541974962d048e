import type { Grant } from '@minqing/core/wire'
import { createClient, type Client, type ClientOptions } from '@minqing/client'

/** A person of a test. */
export interface Somebody {
  sub: string
  name: string
  title?: string
  grants: Grant[]
}

let addresses: Promise<{ url: string; strictUrl: string }> | undefined
const ask = () =>
  (addresses ??= fetch('/__server.json').then(
    (answer) => answer.json() as Promise<{ url: string; strictUrl: string }>,
  ))

/** Address of the real server that the component tests run against. */
export const serverUrl = async (): Promise<string> => (await ask()).url

/** One over the same data that takes no anonymous reports, and one report of a person in ten minutes. */
export const strictUrl = async (): Promise<string> => (await ask()).strictUrl

let people = 0

/** A village officer nobody else is: tests do not see each other's drafts and outboxes. */
export const officer = (area = '330683100201', more: Partial<Somebody> = {}): Somebody => ({
  sub: `test-${Date.now()}-${++people}`,
  name: '测试员',
  title: '驻村干部',
  grants: [{ role: 'villageOfficer', area }],
  ...more,
})

/** A token as the host's back end would sign it. */
export const tokenOf = async (person: Somebody): Promise<string> =>
  (await fetch(`/__token?claims=${encodeURIComponent(JSON.stringify(person))}`)).text()

/** A client of its own for somebody, to look at what is on the server or to act as a colleague. */
export const clientOf = async (
  person: Somebody,
  options: Pick<ClientOptions, 'fetch'> = {},
): Promise<Client> =>
  createClient({
    baseUrl: await serverUrl(),
    getToken: () => tokenOf(person),
    outbox: { name: `test-${person.sub}`, autoFlush: false },
    ...options,
  })
