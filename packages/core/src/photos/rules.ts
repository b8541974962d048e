/** [P2] Bounds of a photo as it arrives. */
export const photoLimits = {
  /** Bytes of the file sent. */
  bytes: 20 * 1024 * 1024,
  /** Width × height of the decoded image; more is refused before decoding. */
  pixels: 80_000_000,
  /** Photos of one diary. */
  perDiary: 9,
} as const

/** [P3] What is kept: WebP without any metadata; the longer side in pixels. */
export const photoSizes = { full: 2048, thumb: 480 } as const
export type PhotoSize = keyof typeof photoSizes
