import { everyday } from './matters/everyday.ts'
import { livelihood } from './matters/livelihood.ts'
import type { Matter } from './matters/matter.ts'

export type { Matter } from './matters/matter.ts'

/** What people bring up in the demo. Categories are those of the default catalogue. */
export const matters: readonly Matter[] = [...everyday, ...livelihood]

/** The matter of the demo's pattern: the same fault, seen by many [I11]. */
export const shared: Matter = everyday.find(({ category }) => category === '110103')!
