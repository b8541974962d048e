import { createHash, createHmac } from 'node:crypto'
import { plainReceipt, shownReceipt } from '@minqing/core'

/** Crockford's: without the letters that look like digits, and without U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 16

/**
 * [R2] Receipts follow from the report by a secret key: 80 bits that nobody can guess, which need not be stored to be
 * shown again. The database holds their hashes.
 */
export class Receipts {
  readonly #key: Uint8Array

  constructor(key: Uint8Array) {
    this.#key = key
  }

  /** As it is shown: `7KQ2-M0XA-P3D8-ZW5H`. */
  of(report: { county: string; id: string }): string {
    const digest = createHmac('sha256', this.#key).update(`${report.county} ${report.id}`).digest()
    let bits = digest.readBigUInt64BE(0) * 65_536n + BigInt(digest.readUInt16BE(8))
    let text = ''
    for (let at = 0; at < length; at++) {
      text = alphabet[Number(bits % 32n)]! + text
      bits /= 32n
    }
    return shownReceipt(text)
  }
}

/**
 * What a receipt is found by, however it was typed. Looking for a hash takes as long for a good one as for a wrong one,
 * and how much of a wrong one is right changes nothing.
 */
export const receiptHash = (typed: string): Buffer =>
  createHash('sha256').update(plainReceipt(typed)).digest()
