import type { AppOptions } from '../config.ts'
import type { Authenticate } from '../internal/caller.ts'
import { createDemoIssuer, demoIssuer, type DemoIssuer } from '../internal/demo-issuer.ts'
import { createAuthenticate, type AdmitsOrigin } from './authenticate.ts'
import { createSessionIssuer, sessionIssuer, type SessionIssuer } from './exchange/issuer.ts'
import { createProviders } from './exchange/options.ts'
import type { Provider } from './exchange/provider.ts'
import { createAdmitsOrigin } from './origins.ts'
import { byIssuer, createVerify, type Verify } from './verify.ts'

/** Whom the server believes: the origins and the signer that its options name. */
export interface Trust {
  readonly admits: AdmitsOrigin
  readonly hosts: Verify | undefined
  /** Who may vouch for people. */
  readonly providers: ReadonlyMap<string, Provider>
  readonly now: () => Date
}

/** @throws ConfigProblem when the options name no valid signer or origins */
export function createTrust(options: AppOptions, now: () => Date): Trust {
  const { publicUrl, allowedOrigins: allowed, token } = options
  return {
    admits: createAdmitsOrigin({ publicUrl, allowed }),
    hosts: token && createVerify(token, now),
    providers: createProviders(options.exchange, now),
    now,
  }
}

/** Those who make tokens here, and the check of all tokens. */
export interface Identity {
  readonly authenticate: Authenticate
  readonly issuer: DemoIssuer
  readonly sessions: { readonly issuer: SessionIssuer; readonly verify: Verify }
}

/** The check of tokens, with those of the demo where there is one, and our own where somebody may sign in by a host. */
export function createIdentity(
  { admits, hosts, providers, now }: Trust,
  options: AppOptions,
  keyFor: (purpose: string) => Uint8Array,
): Identity {
  const audience = options.token?.audience ?? 'minqing'
  const key = keyFor('demo token')
  const demo = createVerify({ audience, issuer: demoIssuer, secret: key }, now)
  const sessionKey = keyFor('session token')
  const own = createVerify({ audience, issuer: sessionIssuer, secret: sessionKey }, now)
  // checkOptions sees to it that there are hosts, providers or a demo
  const known = providers.size > 0 ? byIssuer(sessionIssuer, own, hosts) : hosts
  const verify = options.demo ? byIssuer(demoIssuer, demo, known) : (known ?? demo)
  return {
    authenticate: createAuthenticate(verify, admits, now),
    issuer: createDemoIssuer(audience, key, now),
    sessions: { issuer: createSessionIssuer(audience, sessionKey, now), verify: own },
  }
}
