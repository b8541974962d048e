import type { AppOptions } from '../config.ts'
import type { Authenticate } from '../internal/caller.ts'
import { createDemoIssuer, demoIssuer, type DemoIssuer } from '../internal/demo-issuer.ts'
import { createAuthenticate, type AdmitsOrigin } from './authenticate.ts'
import { createAdmitsOrigin } from './origins.ts'
import { byIssuer, createVerify, type Verify } from './verify.ts'

/** Whom the server believes: the origins and the signer that its options name. */
export interface Trust {
  readonly admits: AdmitsOrigin
  readonly hosts: Verify | undefined
  readonly now: () => Date
}

/** @throws ConfigProblem when the options name no valid signer or origins */
export function createTrust(options: AppOptions, now: () => Date): Trust {
  const { publicUrl, allowedOrigins: allowed, token } = options
  return { admits: createAdmitsOrigin({ publicUrl, allowed }), hosts: token && createVerify(token, now), now }
}

/** The check of tokens, with those of the demo where there is one. */
export function createIdentity(
  { admits, hosts, now }: Trust,
  options: AppOptions,
  keyFor: (purpose: string) => Uint8Array,
): { authenticate: Authenticate; issuer: DemoIssuer } {
  const audience = options.token?.audience ?? 'minqing'
  const key = keyFor('demo token')
  const demo = createVerify({ audience, issuer: demoIssuer, secret: key }, now)
  // checkOptions sees to it that there are hosts or a demo
  const verify = options.demo ? byIssuer(demoIssuer, demo, hosts) : (hosts ?? demo)
  return {
    authenticate: createAuthenticate(verify, admits, now),
    issuer: createDemoIssuer(audience, key, now),
  }
}
