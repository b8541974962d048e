import type { Grant } from '@minqing/core'
import { ConfigProblem } from '../options.ts'
import { defaultTimeoutMs } from './fetch.ts'
import type { Provider } from './provider.ts'
import { createDingtalk, type DingtalkOptions } from './providers/dingtalk.ts'
import { createOidc, type OidcOptions } from './providers/oidc.ts'
import { createZheliban, type ZhelibanOptions } from './providers/zheliban.ts'
import { createZhezhengding, type ZhezhengdingOptions } from './providers/zhezhengding.ts'

export type ProviderOptions = OidcOptions | ZhezhengdingOptions | ZhelibanOptions | DingtalkOptions

// Not beside what asks the database: whoever uses the package would need the types of its driver.
/** Somebody whom the county knows, and what they may do. */
export interface DirectoryPerson {
  /** `sub` of their tokens: the same by whatever way they sign in. */
  readonly id: string
  readonly name: string
  readonly title?: string
  readonly grants: readonly Grant[]
}

/** Says what people may do. A provider only vouches for who they are. */
export interface Directory {
  /** Nothing for somebody it does not know. */
  find(provider: string, subject: string): Promise<DirectoryPerson | undefined>
}

/** Lets people in whom a host vouches for. Without it nobody comes in this way. */
export interface ExchangeOptions {
  /** By the names under which pages ask for them: `{ zhezhengding: { kind: 'zhezhengding', … } }`. */
  readonly providers: Readonly<Record<string, ProviderOptions>>
  /** What the people may do; the tables `person` and `person_grant` without it. */
  readonly directory?: Directory
}

function providerOf(options: ProviderOptions, now: () => Date): Provider {
  switch (options.kind) {
    case 'oidc':
      return createOidc(options, now)
    case 'zhezhengding':
      return createZhezhengding(options, now)
    case 'zheliban':
      return createZheliban(options, now)
    case 'dingtalk':
      return createDingtalk(options, now)
  }
}

/**
 * Makes the providers; asks none of them yet.
 *
 * @throws ConfigProblem naming the option that is wrong, never a secret
 */
export function createProviders(
  options: ExchangeOptions | undefined,
  now: () => Date,
): ReadonlyMap<string, Provider> {
  const providers = new Map<string, Provider>()
  for (const [name, one] of Object.entries(options?.providers ?? {})) {
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
      throw new ConfigProblem(
        `"${name}" is no name for a sign-in provider: lower-case letters, digits and -.`,
      )
    const { timeoutMs = defaultTimeoutMs } = one
    if (!(timeoutMs > 0 && timeoutMs <= defaultTimeoutMs))
      throw new ConfigProblem(`timeoutMs of ${name} has to lie between 1 and ${defaultTimeoutMs}.`)
    const provider: Provider | undefined = providerOf(one, now)
    if (!provider) throw new ConfigProblem(`The sign-in provider ${name} is of no kind that there is.`)
    providers.set(name, provider)
  }
  return providers
}
