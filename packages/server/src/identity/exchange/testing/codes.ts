import { randomBytes } from 'node:crypto'

interface Code {
  readonly subject: string
  readonly app: string
  readonly expires: number
  used: boolean
  readonly more: Readonly<Record<string, string>>
}

export type Found = 'unknown' | 'expired' | 'foreign' | Code

/** Codes that a provider has given out: each for one person, one application, some minutes, and once. */
export class Codes {
  readonly #codes = new Map<string, Code>()
  careless = false

  give(subject: string, app: string, seconds = 300, more: Readonly<Record<string, string>> = {}): string {
    const code = randomBytes(16).toString('hex')
    this.#codes.set(code, { subject, app, expires: Date.now() + seconds * 1000, used: false, more })
    return code
  }

  take(code: string | null | undefined, app: string): Found {
    const found = this.#codes.get(code ?? '')
    if (!found || (found.used && !this.careless)) return 'unknown'
    if (found.app !== app) return 'foreign'
    if (found.expires <= Date.now()) return 'expired'
    found.used = true
    return found
  }
}

/** Puts the switch for a careless provider, which belongs to its codes, on the provider. */
export const withCodes = <T extends object>(provider: T, codes: Codes): T & { careless: boolean } =>
  Object.defineProperty(provider, 'careless', {
    get: () => codes.careless,
    set: (careless: boolean) => {
      codes.careless = careless
    },
  }) as T & { careless: boolean }
