import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MissedEvents } from '@minqing/core'
import { createClient, type LiveMessage, type LiveReset, type LiveState } from '../index.ts'

const area = '330683100201'
const event = {
  type: 'diary.removed' as const,
  area,
  at: '2026-03-01T08:00:00.000Z',
  actor: 'chen',
  diaryId: '0190d3c4-0000-7000-8000-000000000001',
}

/** A line that cannot stream, on which each question gets the next answer, and the last one for ever. */
function scripted(answers: (Partial<MissedEvents> | 'cut')[]) {
  const asked: string[] = []
  const line = (...[input]: Parameters<typeof fetch>): Promise<Response> => {
    asked.push(new URL((input as Request).url).search)
    const answer = answers[Math.min(asked.length, answers.length) - 1]!
    if (answer === 'cut') return Promise.reject(new TypeError('Failed to fetch'))
    return Promise.resolve(Response.json({ events: [], last: '1-0', reset: false, ...answer }))
  }
  return { asked, fetch: Object.assign(line, { streams: false }) }
}

test('where nothing streams events are asked for, each after the last, across a cut line', async () => {
  const { asked, fetch } = scripted([
    { reset: true, last: '7-1' },
    'cut',
    'cut',
    'cut',
    { events: [{ id: '9-1', event }], last: '9-3' },
  ])
  const mq = createClient({ baseUrl: 'https://x.invalid', getToken: () => 'a.b.c', fetch })
  const heard: (LiveMessage | LiveReset)[] = []
  const states: LiveState['status'][] = []
  mq.live.onState(({ status }) => states.push(status), { area })
  await new Promise<void>((resolve) => {
    const hear = (one: LiveMessage | LiveReset) => {
      heard.push(one)
      if (one.type === 'diary.removed') resolve()
    }
    mq.live.on('*', hear, { area, lastEventId: '5-1' })
  })
  await mq.close()
  assert.deepEqual(heard, [
    { type: 'reset', area },
    { ...event, id: '9-1' },
  ])
  assert.equal(asked[0], `?area=${area}&after=5-1`)
  assert.deepEqual([...new Set(asked.slice(1))], [`?area=${area}&after=7-1`])
  assert.deepEqual(
    states.filter((status) => status !== 'connecting'),
    ['idle', 'open', 'waiting', 'open', 'idle'],
  )
})
