import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import type { Pipeline } from '../database/pipeline.ts'
import type { Transact } from '../database/scope.ts'
import type { AreaNames } from './area-names.ts'
import type { LiveBus } from './live-bus.ts'

/** What the features are built with; a factory names the ones it needs: `Pick<Deps, 'pool' | 'bus'>`. */
export interface Deps {
  /** Connections under the role bound by row-level security. Without a guard they see no rows. */
  readonly pool: Pool
  /** For the short reads that are asked for all the time. */
  readonly pages: Pipeline
  /** The way to a guarded transaction outside a call (jobs); handlers use `call.transact`. */
  readonly transact: Transact
  readonly areaNames: AreaNames
  readonly bus: LiveBus
  /** Folder for files: photos, unfinished uploads. */
  readonly dataDir: string
  /** A key for signing, different for each purpose and the same after a restart. */
  readonly keyFor: (purpose: string) => Uint8Array
  readonly now: () => Date
  readonly log: FastifyBaseLogger
}
