import { createHash } from 'node:crypto'
import type { NewSession, Operations } from '@minqing/core'
import type { Deps } from '../../internal/deps.ts'
import type { Call, HandlersOf } from '../../internal/handler.ts'
import type { Limiter } from '../../internal/limits.ts'
import { ProblemError } from '../../internal/problem-error.ts'
import type { AdmitsOrigin } from '../authenticate.ts'
import type { Verify } from '../verify.ts'
import type { Directory, DirectoryPerson } from './options.ts'
import type { SessionIssuer } from './issuer.ts'
import { ProviderAway, Refusal, type Provider, type Vouched } from './provider.ts'

export interface ExchangeDeps extends Pick<Deps, 'pool' | 'now'> {
  readonly providers: ReadonlyMap<string, Provider>
  readonly directory: Directory
  readonly issuer: SessionIssuer
  /** The check that the tokens made here will meet. */
  readonly verify: Verify
  readonly admits: AdmitsOrigin
  readonly limiter: Limiter
}

/** For how long an assertion is remembered whose provider does not say when it ends: no code lives so long. */
const rememberMs = 24 * 3_600_000

const digestOf = (provider: string, once: string): Buffer =>
  createHash('sha256').update(`${provider}\n${once}`).digest()

/** Takes the assertion for this call; of two that come at once, in whatever processes, one gets it. */
async function use({ pool, now }: ExchangeDeps, provider: string, { once, until }: Vouched): Promise<void> {
  const at = now()
  const last = new Date(Math.max(at.getTime() + rememberMs, until?.getTime() ?? 0))
  const { rows } = await pool.query<{ first: boolean }>('select mq_use_assertion($1, $2, $3) as first', [
    digestOf(provider, once),
    at,
    last,
  ])
  if (!rows[0]!.first) throw new Refusal('replayed')
}

/** The provider, whoever is asked for, and what is known of them, in this order. */
async function personOf(
  deps: ExchangeDeps,
  provider: Provider,
  input: NewSession,
): Promise<DirectoryPerson | undefined> {
  const vouched = await provider.vouch(input)
  await use(deps, input.provider, vouched)
  return deps.directory.find(input.provider, vouched.subject)
}

/** Only pages that may call at all get a token, and it is theirs alone. */
function originOf({ request }: Call, admits: AdmitsOrigin): string | undefined {
  const { origin } = request.headers
  if (origin !== undefined && !admits(origin, request)) throw new ProblemError('origin_denied')
  return origin
}

/** Handlers of the operation that lets people in. */
export function sessionHandlers(deps: ExchangeDeps): HandlersOf<Operations['session']> {
  const { providers, issuer, verify, admits, limiter } = deps

  const refusalOf = (call: Call, provider: string, error: unknown): unknown => {
    const told = { provider, ip: call.request.ip }
    if (error instanceof Refusal) {
      call.log.warn({ ...told, outcome: 'refused', reason: error.reason }, 'sign-in')
      return new ProblemError('assertion_refused')
    }
    if (!(error instanceof ProviderAway)) return error
    call.log.warn({ ...told, outcome: 'provider away', reason: error.reason }, 'sign-in')
    return new ProblemError('unavailable', { headers: { 'retry-after': '5' } })
  }

  /** A directory may hold what no token may say: then there is no token. */
  const issue = async (person: DirectoryPerson, origin: string | undefined) => {
    const made = await issuer.issue(person, origin)
    return verify(made.token).then(
      () => made,
      () => undefined,
    )
  }

  return {
    async exchange(call, input) {
      const origin = originOf(call, admits)
      const provider = providers.get(input.provider)
      if (!provider) throw new ProblemError('provider_unknown')
      const failed = limiter.exchange(call.request)
      const person = await personOf(deps, provider, input).catch((error: unknown) => {
        // nobody's fault when the provider is away: that must not shut out a whole office
        if (error instanceof Refusal) failed()
        throw refusalOf(call, input.provider, error)
      })
      const made = person && (await issue(person, origin))
      const told = { provider: input.provider, ip: call.request.ip, person: person?.id }
      if (!made) {
        failed()
        call.log.warn({ ...told, outcome: person ? 'unusable' : 'unknown person' }, 'sign-in')
        throw new ProblemError('person_unknown')
      }
      call.log.info({ ...told, outcome: 'issued' }, 'sign-in')
      call.reply.header('cache-control', 'no-store')
      return made
    },
  }
}
