import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Guard } from '../database/scope.ts'

/** A ticket ends at the second full half hour from now: valid 30 to 60 minutes. */
const periodMs = 30 * 60_000

/** What photos somebody may see: those of diaries in a scope, and those of issues within reach. */
export interface PhotoReach {
  readonly diaries: Guard
  readonly issues: Guard
}

export interface Ticket extends PhotoReach {
  readonly expiresAt: Date
}

type Claims = [
  expires: number,
  actor: string,
  scope: string[],
  issueScope?: string[],
  units?: string[],
  reporter?: string,
]

/** Signs and opens the tickets that stand in photo addresses, where no header can carry a token. */
export class PhotoTickets {
  readonly #key: Uint8Array

  constructor(key: Uint8Array) {
    this.#key = key
  }

  /** The same for the same person and scope within half an hour, so that browsers can cache the photos. */
  issue({ diaries, issues }: PhotoReach, now: Date): { ticket: string; expiresAt: Date } {
    const expiresAt = new Date((Math.floor(now.getTime() / periodMs) + 2) * periodMs)
    const claims: Claims = [
      ...([expiresAt.getTime(), diaries.actor, [...diaries.scope].sort()] as const),
      ...([[...issues.scope].sort(), [...(issues.units ?? [])].sort(), issues.actor] as const),
    ]
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url')
    return { ticket: `${body}.${this.#sign(body)}`, expiresAt }
  }

  /** What a ticket opens; `undefined` when it is forged or has expired. */
  read(ticket: string, now: Date): Ticket | undefined {
    const [body = '', signature = '', ...rest] = ticket.split('.')
    const expected = Buffer.from(this.#sign(body))
    const given = Buffer.from(signature)
    if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
      return undefined
    const [expires, actor, scope, issueScope = [], units = [], reporter = ''] = JSON.parse(
      Buffer.from(body, 'base64url').toString(),
    ) as Claims
    const expiresAt = new Date(expires)
    if (expiresAt <= now) return undefined
    return { diaries: { actor, scope }, issues: { actor: reporter, scope: issueScope, units }, expiresAt }
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url')
  }
}
