import type { Person } from '@minqing/core'

/** Who stands in the timeline when the clock does something, or the server by itself. */
export const clock: Person = { id: 'system', name: '系统' }
