/** Something that is not as the server left it. */
export interface Fault {
  /**
   * `gap`: an event is missing or out of its place. `hash`: an event is not what was sealed. `state`: an event begins
   * where the one before did not end. `head`: the issue does not stand where its events end. `content`: what is written
   * once has changed. `orphan`: events without their issue. `number`: an issue is missing, or there is one too many.
   */
  readonly kind: 'gap' | 'hash' | 'state' | 'head' | 'content' | 'orphan' | 'number'
  /** The number of the issue, or its id where the number is not known. */
  readonly issue: string
  /** Of the event. */
  readonly seq?: number
  readonly detail: string
}

export const faultLine = ({ kind, issue, seq, detail }: Fault): string =>
  `${kind.padEnd(7)} ${issue}${seq === undefined ? '' : ` event ${seq}`}: ${detail}`
