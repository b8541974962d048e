import { createHash } from 'node:crypto'
import { sealedText, type TimelineLine } from '@minqing/core'

export type Line = TimelineLine

/** What stands before the first event. */
export const beginning: Buffer = Buffer.alloc(32)

/** [I14] SHA-256 over the hash before it, the issue it belongs to, and the line as canonical JSON. */
export const seal = (before: Buffer, issue: { county: string; id: string }, line: Line): Buffer =>
  createHash('sha256').update(before).update(sealedText(issue, line)).digest()
