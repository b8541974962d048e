import { plainReceipt } from '@minqing/core/wire'

/**
 * A receipt number as a person types or reads it out: full-width, with blanks, dashes and dots, and with the letters
 * that the alphabet leaves out because they look like digits.
 */
export const typedReceipt = (typed: string): string =>
  plainReceipt(typed.normalize('NFKC'))
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')

/** Whether it can be one at all. */
export const isReceipt = (plain: string): boolean => /^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain)
