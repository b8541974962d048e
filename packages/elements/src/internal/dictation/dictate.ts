/** How listening ended: by a stop, or because it cannot go on. */
export type DictationEnd =
  | 'stopped'
  /** The microphone was refused, or there is none. */
  | 'refused'
  /** What recognizes speech could not be reached. */
  | 'network'
  /** Nobody spoke. */
  | 'silence'
  | 'failed'

export interface Dictation {
  /** Ends listening; words that were spoken before may still come. */
  stop(): void
  /** Resolves when no words come any more; never rejects. */
  readonly ended: Promise<DictationEnd>
}

/**
 * Starts to listen.
 *
 * @param how.language of what is spoken: `zh-CN`
 * @param how.heard told again and again of the words that are being spoken, and once, as final, when they are certain
 */
export type Dictate = (how: { language: string; heard(words: string, isFinal: boolean): void }) => Dictation
