import type { VersionedOptions } from '@minqing/client'
import type { Issue, UnitRef } from '@minqing/core'
import { unitsIn } from './units.ts'
import type { TrackerController } from '../model/controller.ts'
import { bodyOf } from './form.ts'
import type { Deed } from './deeds.ts'
import type { FormContext, PhotoValue, Values } from './fields.ts'

/** What a form knows of its issue. */
export function contextOf(controller: TrackerController, deed: Deed, issue: Issue): FormContext {
  const { me, opened } = controller
  const people = new Map(
    [issue.reporter, ...issue.assignments.flatMap(({ handler }) => handler ?? [])].map((one) => [
      one.id,
      one,
    ]),
  )
  for (const { actor } of opened?.events ?? []) if (actor.id !== 'system') people.set(actor.id, actor)
  if (me) people.delete(me.id)
  return {
    issue,
    units: me ? unitsIn(me, deed.actions, issue) : ([] as UnitRef[]),
    similar: opened?.suggestion?.similar ?? [],
    people: [...people.values()].slice(0, 8),
  }
}

type Send = (input: Values, options: VersionedOptions) => Promise<Issue>

/**
 * Sends one action: photos first, then the action with the version that the person has seen.
 *
 * @param key names the sending, so that a repeated one is done once
 * @param progress hears how many of the photos have arrived
 */
export async function send(
  controller: TrackerController,
  deed: Deed,
  context: FormContext,
  values: Values,
  key: string,
  progress: (done: number, of: number) => void,
): Promise<Issue> {
  const { issue } = context
  const client = await controller.client()
  const photos = (values['photos'] as PhotoValue[] | undefined) ?? []
  for (const [at, { id, blob }] of photos.entries()) {
    progress(at, photos.length)
    await client.photos.upload(blob, { area: issue.area.code, id })
  }
  progress(photos.length, photos.length)
  // Each operation takes its own body; which one that is says the deed's table, which the tests hold to the server.
  const act = client.issues[deed.operation] as unknown as Send
  return act(
    { id: issue.id, ...bodyOf(deed, context, values) },
    { version: issue.version, idempotencyKey: key },
  )
}
