import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { methodOf, pathOf, type Grant, type Operation } from '@minqing/core'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { createTestApp, type TestApp } from '../../packages/server/src/testing/app.ts'
import { inputFor, objectFor } from './support/arbitrary.ts'
import { Documented, allOperations } from './support/documented.ts'
import { units } from './support/stages.ts'
import { author, county, createWorld, village, type World } from './support/world.ts'

const ajv = new Ajv({ strict: false })
formats.default(ajv)

/** Who may do everything meets every check of what is sent. */
const everything: Grant[] = [
  { role: 'dispatcher', area: county },
  { role: 'leader', area: county },
  { role: 'administrator', area: county },
  { role: 'resident', area: village },
  ...[units.lead, units.assist].map((unit) => ({ role: 'handler' as const, area: county, unit })),
]

let server: TestApp
let base: string
let documented: Documented
let world: World
let token: string
before(async () => {
  server = await createTestApp({ demo: true, anonymousReports: true })
  await server.app.listen({ host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  documented = new Documented((await server.app.inject('/openapi.json')).json())
  world = await createWorld(server)
  token = await server.signer.sign({ ...author, grants: [...author.grants, ...everything] })
})
after(() => server.close())

/** As a browser would write it into an address, which HTTP itself bounds to some kilobytes. */
const asText = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd').slice(0, 400))
}

interface Input {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
  ifMatch: string
}

const none = fc.constant({})

/** With the right one an action gets as far as the life cycle. */
const versions = () => Object.values(world.issues).map(({ version }) => `"${version}"`)

const inputs = ({ params, query, body }: Operation): fc.Arbitrary<Input> =>
  fc.record({
    params: params ? objectFor(params, world) : none,
    query: query ? objectFor(query, world) : none,
    body: body ? inputFor(body, world) : fc.constant(undefined),
    ifMatch: fc.constantFrom('"1"', '"2"', '"999999999"', '"0"', 'x', ...versions()),
  })

function addressOf(operation: Operation, { params, query }: Input): string {
  const path = pathOf(operation.route).replace(/:(\w+)/g, (_, name: string) => asText(params[name]) || '%20')
  const search = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${asText(value)}`)
  return search.length > 0 ? `${base}${path}?${search.join('&')}` : base + path
}

async function send(
  operation: Operation,
  input: Input,
): Promise<{ status: number; body: string | undefined }> {
  const method = methodOf(operation.route)
  const response = await fetch(addressOf(operation, input), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'if-match': input.ifMatch,
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(operation.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(operation.body ? { body: JSON.stringify(input.body) } : {}),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body!.cancel()
    return { status: response.status, body: undefined }
  }
  return { status: response.status, body: await response.text() }
}

describe('whatever is sent', () => {
  for (const [id, operation] of allOperations) {
    it(`${id} answers as documented, and never that it broke`, async () => {
      await fc.assert(
        fc.asyncProperty(inputs(operation), async (input) => {
          const { status, body } = await send(operation, input)
          assert.ok(status < 500, `${id} answered ${status}: ${body}`)
          documented.check(id, operation, status, body)
          const valid = !operation.body || ajv.validate(operation.body, input.body)
          if (!valid) assert.ok(status >= 400, `${id} took a body that its schema refuses`)
        }),
        { numRuns: 60 },
      )
    })
  }
})
