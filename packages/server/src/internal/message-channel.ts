/** Whom a message is for: a unit with the address of the catalogue, or a person whom only the host can reach. */
export type Recipient =
  | { readonly kind: 'unit'; readonly county: string; readonly id: string; readonly email: string | null }
  | { readonly kind: 'person'; readonly id: string }

export interface Message {
  /** The same at each attempt, so that a channel can drop what it has delivered already. */
  readonly id: string
  readonly to: Recipient
  /** One line. */
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/**
 * A way to people besides the inbox: e-mail, or the host's own messages (浙政钉, SMS). It is called at least once for
 * each message, after the change that it tells of has been committed.
 */
export interface MessageChannel {
  /** Whether it knows how to reach them at all; what it does not reach is never queued. */
  reaches(to: Recipient): boolean
  /** Resolves when the message is on its way; throwing has it sent again later, a `MessageRefused` does not. */
  send(message: Message): Promise<void>
  /** Lets go of connections. */
  close?(): Promise<void> | void
}

/** The recipient cannot be reached and never will be: no attempt more. */
export class MessageRefused extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'MessageRefused'
  }
}
