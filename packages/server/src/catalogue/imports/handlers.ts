import type { Operations } from '@minqing/core'
import { sql } from 'kysely'
import { guardOf } from '../../internal/call.ts'
import { UnreadableFile } from '../../internal/decode.ts'
import type { Deps } from '../../internal/deps.ts'
import type { Call, HandlersOf, Tx } from '../../internal/handler.ts'
import { ProblemError } from '../../internal/problem-error.ts'
import { countiesOf, requirePart } from '../reach.ts'
import { giveUpSilent, readImport, type ImportId } from './progress.ts'
import { openSheet, type Sheet } from './read.ts'
import { runImport, type Task } from './run.ts'

type ImportHandlers = Pick<HandlersOf<Operations['catalogue']>, 'import' | 'importStatus'>

/** Imports at work in this process. */
export interface Imports {
  start(task: Task): void
  /** Ends them and waits until they have said so. */
  close(): Promise<void>
}

export function createImports({ transact, log }: Pick<Deps, 'transact' | 'log'>): Imports {
  const closing = new AbortController()
  const running = new Set<Promise<void>>()
  return {
    start(task) {
      const run = runImport(task, transact, closing.signal).then((error) => {
        if (error) log.error({ err: error }, 'catalogue import failed')
        running.delete(run)
      })
      running.add(run)
    },
    async close() {
      closing.abort()
      await Promise.all(running)
    },
  }
}

function sheetOf(file: string): Sheet {
  try {
    return openSheet(Buffer.from(file, 'base64'))
  } catch (error) {
    if (error instanceof UnreadableFile) throw new ProblemError('csv_unreadable')
    throw error
  }
}

/** Takes the county's only place for an import. */
async function begin(tx: Tx, call: Call, { county, id }: ImportId, strict: boolean): Promise<void> {
  await giveUpSilent(tx, county)
  const taken = await sql`select from catalogue_import where county = ${county} and id = ${id}`.execute(tx)
  if (taken.rows.length > 0) throw new ProblemError('id_taken')
  const { rows } = await sql`
    insert into catalogue_import (county, id, actor_id, strict, started_at)
    values (${county}, ${id}, ${call.session.id}, ${strict}, ${call.now()})
    on conflict (county) where state = 'running' do nothing returning id`.execute(tx)
  if (rows.length === 0) throw new ProblemError('import_running')
}

export const importHandlers = (imports: Imports): ImportHandlers => ({
  import: (call, { id, county, file, strict = false }) => {
    requirePart(call, county)
    const sheet = sheetOf(file)
    return call.transact(async (tx) => {
      await begin(tx, call, { county, id }, strict)
      call.afterCommit(() => imports.start({ id, county, sheet, strict, guard: guardOf(call) }))
      return (await readImport(tx, countiesOf(call.scope), id))!
    })
  },

  importStatus: (call, { id }) =>
    call.transact(async (tx) => {
      const found = await readImport(tx, countiesOf(call.scope), id)
      if (!found) throw new ProblemError('not_found')
      return found
    }),
})
