import { randomUUID } from 'node:crypto'
import type { PersonName } from '../e2e/support/host.ts'
import type { World } from '../e2e/support/world.ts'

/**
 * Asks the server as somebody: what happens elsewhere while the browser looks on.
 *
 * @param operation method and path: `POST /v1/issues`
 * @param version of what is changed
 */
export async function ask<Answer>(
  world: World,
  as: PersonName,
  operation: string,
  body?: object,
  version?: number,
): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ')
  const { token } = (await (await fetch(`${world.host.origin}/mq-token?as=${as}`)).json()) as {
    token: string
  }
  const answer = await fetch(`${world.server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${operation} as ${as}: ${answer.status} ${text}`)
  return JSON.parse(text) as Answer
}
