/**
 * Seals what is kept on this device, so that nobody reads it without the key. It says itself where the key comes from;
 * the plugin `sm-crypto` is one.
 */
export interface AtRest {
  /**
   * Seals bytes and binds them to a place: sealed for one record they cannot be opened as another. Rejects while the key
   * is not at hand; then nothing is kept.
   */
  seal(bytes: Uint8Array, boundTo: string): Promise<Uint8Array>
  /**
   * Gives the bytes back, or `undefined` when they were changed since or belong to another place. Rejects while the key
   * is not at hand: that passes, and nothing is said of the bytes.
   */
  open(sealed: Uint8Array, boundTo: string): Promise<Uint8Array | undefined>
}

/** Why something sealed could not be opened: its key is not at hand, or its bytes are not those that were sealed. */
export type Closed = 'entry_locked' | 'entry_damaged'
