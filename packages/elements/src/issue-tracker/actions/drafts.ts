import type { Issue } from '@minqing/core'
import type { TrackerController } from '../model/controller.ts'
import type { Deed } from './deed.ts'
import type { Values } from './fields.ts'

/** What was filled in and not sent: closing a form by a slip loses nothing. A form of somebody else is another one. */
const drafts = new Map<string, Values>()

/** The draft of one person, one issue and one action, as long as the page is open. */
export interface Draft {
  read(): Values | undefined
  write(values: Values): void
  forget(): void
}

export function draftOf({ me }: TrackerController, issue: Issue, deed: Deed): Draft {
  const key = JSON.stringify([me?.id, issue.id, deed.operation])
  return {
    read: () => drafts.get(key),
    write: (values) => void drafts.set(key, values),
    forget: () => void drafts.delete(key),
  }
}
