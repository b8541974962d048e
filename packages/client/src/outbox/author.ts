import { routes, type Me } from '@minqing/core/wire'
import { clientError, isMinqingError } from '../errors.ts'
import { abortable, sleep } from '../internal/abort.ts'
import type { Caller } from '../internal/caller.ts'
import { subjectOf } from '../internal/tokens.ts'
import type { OutboxStore } from './store-contract.ts'

/** Who writes. Entries belong to this person; another person's session leaves them alone. */
export interface Author {
  /** Known without asking anybody. */
  readonly current: string | undefined
  /** Finds out: from the option, the token, the server, or (without network) from the last time. */
  resolve(): Promise<string>
  /** Who the token says it is now. Needs a token. */
  confirm(): Promise<string>
}

const fact = 'author'
/** A host whose token request hangs on a bad network must not hold up saving what was written. */
const patienceMs = 3_000

const networkIsAway = (error: unknown) =>
  isMinqingError(error) &&
  ['offline', 'timeout', 'unavailable', 'rate_limited', 'bad_response'].includes(error.code)

export function createAuthor(caller: Caller, store: OutboxStore, given: string | undefined): Author {
  let current = given

  /** The answer for the token that the server was last asked about. */
  let asked: { token: string; id: Promise<string> } | undefined
  const askServer = (token: string): Promise<string> => {
    if (asked?.token !== token) {
      const id = caller.call(routes.me.get, undefined).then((me) => (me as Me).id)
      asked = { token, id }
      id.catch(() => (asked = undefined))
    }
    return asked.id
  }

  const fromToken = async (): Promise<string> => {
    if (caller.closed.aborted) throw clientError('aborted')
    // A host may take long to answer; the client must be able to close meanwhile.
    const token = await abortable(caller.tokens.get(), caller.closed)
    // The token's own word saves a request; the server knows as well, should a host's token be no JWT of ours.
    return subjectOf(token) ?? askServer(token)
  }

  const confirm = async (): Promise<string> => {
    const subject = await fromToken()
    if (given === undefined && current !== subject) {
      current = subject
      await store.changeFact(fact, (known) => (known === subject ? undefined : subject))
    }
    return subject
  }

  const remembered = async () => (await store.getFact(fact)) as string | undefined

  const resolve = async (): Promise<string> => {
    if (current !== undefined) return current
    const confirmed = confirm()
    const late = sleep(patienceMs, caller.closed).then(remembered)
    try {
      return await Promise.race([confirmed, late.then((known) => known ?? confirmed)])
    } catch (error) {
      const known = networkIsAway(error) ? await remembered() : undefined
      if (known === undefined) throw error
      return known
    }
  }

  return {
    get current() {
      return current
    },
    resolve,
    confirm,
  }
}
