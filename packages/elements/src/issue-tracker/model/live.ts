import type { Client } from '@minqing/client'
import type { IssueLiveEvent } from '@minqing/core'
import { codeOf } from '../../internal/problem-text.ts'
import type { TrackerController } from './controller.ts'

/** Changes are gathered for so long: one action is often several events. */
const gatherMs = 150
/** More changes at once than this: the lists are read again instead. */
const mostSingle = 20

async function read(controller: TrackerController, client: Client, ids: readonly string[]): Promise<void> {
  if (ids.length > mostSingle) {
    controller.countSoon()
    for (const list of controller.lists) await list.catchUp(controller.belongs)
    return
  }
  for (const id of ids) {
    try {
      controller.take(await client.issues.get({ id }))
    } catch (problem) {
      if (codeOf(problem) === 'not_found') controller.drop(id)
    }
    const { opened } = controller
    // Its timeline has grown, too.
    if (opened?.id === id) void controller.readOpened(opened)
  }
}

/**
 * Follows the stream of an area.
 *
 * @returns stops it
 */
export function follow(controller: TrackerController, client: Client, area: string): () => void {
  const gathered = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const readSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      const ids = [...gathered]
      gathered.clear()
      void read(controller, client, ids)
    }, gatherMs)
  }
  /** What the person did here is known already. */
  const isKnown = ({ issueId, version }: IssueLiveEvent) =>
    [...controller.lists.flatMap(({ items }) => items), controller.opened?.issue].some(
      (issue) => issue?.id === issueId && issue.version >= version,
    )
  const stop = client.live.on(
    '*',
    (event) => {
      if (event.type === 'reset') return controller.reload()
      if (!('issueId' in event) || isKnown(event)) return
      gathered.add(event.issueId)
      readSoon()
    },
    { area },
  )
  let opened = false
  const stopState = client.live.onState(
    ({ status }) => {
      if (status !== 'open') return
      // What came between reading and the first opening was told to nobody. Later breaks are resumed.
      if (!opened) {
        for (const list of controller.lists) void list.catchUp(controller.belongs)
        if (controller.opened) void controller.readOpened(controller.opened)
      }
      opened = true
    },
    { area },
  )
  const stopNotes = client.notes.subscribe((notes) => {
    controller.notes = notes
    controller.changed()
  })
  const stopSent = client.notes.onSent(({ issue }) => {
    controller.take(issue)
    if (controller.opened?.id === issue.id) void controller.readOpened(controller.opened)
  })
  return () => {
    clearTimeout(timer)
    for (const end of [stop, stopState, stopNotes, stopSent]) end()
  }
}
