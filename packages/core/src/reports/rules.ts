/** Bounds of a report's fields, in characters (UTF-16 units) and counts. */
export const reportLimits = { text: 2000, photos: 4, page: 50 } as const

/** [R2] Sixteen letters and digits without those that look alike; hyphens and case do not matter when it is typed. */
export const receiptPattern = '^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}(-?[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}){3}$'

/** A receipt as it is compared: upper case, without hyphens. */
export const plainReceipt = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()

/** A receipt as it is shown: `7KQ2-M0XA-…`. */
export const shownReceipt = (receipt: string): string => plainReceipt(receipt).replace(/(.{4})(?=.)/g, '$1-')
