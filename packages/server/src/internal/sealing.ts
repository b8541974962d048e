import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Makes text unreadable to whoever has the database and not the server's key. */
export interface Seal {
  close(text: string): string
  /** @throws Error when the text was closed with another key, or altered */
  open(sealed: string): string
}

const ivBytes = 12
const tagBytes = 16

/** AES-256-GCM with a fresh nonce for each text. @param key of 32 bytes */
export const sealWith = (key: Uint8Array): Seal => ({
  close(text) {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
  },
  open(sealed) {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
  },
})
