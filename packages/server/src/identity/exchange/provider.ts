import type { NewSession } from '@minqing/core'

/** Whom a provider vouches for, and by what. */
export interface Vouched {
  /** The provider's own, unchanging id of the person. */
  readonly subject: string
  /** What makes the assertion this one, however it is written: used once, then never again. */
  readonly once: string
  /** Until when the provider itself would take it; unknown without it. */
  readonly until?: Date
}

/**
 * One way to sign in. It tells who somebody is and nothing else: what they may do stands in the directory.
 */
export interface Provider {
  /**
   * @throws Refusal when the assertion proves nothing
   * @throws ProviderAway when the provider could not be asked
   */
  vouch(session: NewSession): Promise<Vouched>
}

/** Why an assertion is worth nothing. For the log only; whoever sent it learns no more than that. */
export type RefusalReason = 'malformed' | 'expired' | 'foreign' | 'unproven' | 'replayed'

/** Carries no words of the provider: they may repeat the assertion or a secret. */
export class Refusal extends Error {
  readonly reason: RefusalReason
  constructor(reason: RefusalReason) {
    super(reason)
    this.name = 'Refusal'
    this.reason = reason
  }
}

export type AwayReason = 'late' | 'unreachable' | 'huge' | 'redirect' | 'status' | 'shape' | 'address'

/** The provider was not reached, or answered what it never should. */
export class ProviderAway extends Error {
  readonly reason: AwayReason
  constructor(reason: AwayReason) {
    super(reason)
    this.name = 'ProviderAway'
    this.reason = reason
  }
}
