export type { AtRest, Closed } from './internal/at-rest/types.ts'
export { createClient } from './client.ts'
export { MinqingError, isMinqingError } from './errors.ts'
export type { ClientErrorCode, MinqingErrorCode, ProblemData } from './errors.ts'
export { newId } from './internal/id.ts'
export type { CallOptions, FeatureMethods, OperationMethod, VersionedOptions } from './methods.ts'
export type { PageOf, Pages } from './pages.ts'
export type * from './types.ts'
export type {
  ForwardedEntry,
  Outbox,
  OutboxEntry,
  OutboxEntryState,
  OutboxExtras,
  OutboxForward,
  OutboxInput,
  OutboxOptions,
  OutboxPhoto,
  OutboxState,
  SentEntry,
} from './outbox/types.ts'
export type { NoteInput, Notes, SentNote, WaitingNote } from './notes/types.ts'
export type { Change, OutboxStore, StoredEntry, StoredPair, StoredProgress } from './outbox/store-contract.ts'
