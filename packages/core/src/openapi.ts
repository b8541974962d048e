import type { TSchema } from 'typebox'
import { problems, type ErrorCode } from './errors.ts'
import { methodOf, pathOf, type Operation } from './internal/operation.ts'
import { operations } from './operations.ts'
import { problemSchema } from './internal/problem-schema.ts'

type Json = Record<string, unknown>

/** Codes that any operation may answer with, besides its own. */
function errorsOf(operation: Operation): ErrorCode[] {
  const method = methodOf(operation.route)
  return [
    'invalid_input',
    ...(operation.capability
      ? (['unauthenticated', 'token_invalid', 'token_expired', 'token_audience'] as const)
      : []),
    ...(operation.capability ? (['origin_denied', 'forbidden'] as const) : []),
    ...(operation.body ? (['invalid_json', 'body_too_large', 'media_type_unsupported'] as const) : []),
    ...(method === 'POST'
      ? (['idempotency_key_missing', 'idempotency_in_flight', 'idempotency_mismatch'] as const)
      : []),
    ...(operation.ifMatch ? (['version_required', 'version_conflict'] as const) : []),
    ...(operation.errors ?? []),
    'rate_limited',
    'internal',
    'unavailable',
  ]
}

/** Replaces every schema that has a title by a reference, and collects it. */
function refer(schema: unknown, components: Map<string, unknown>, top = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => refer(item, components))
  if (typeof schema !== 'object' || schema === null) return schema
  const title = (schema as { title?: unknown }).title
  if (typeof title === 'string' && !top) {
    if (!components.has(title)) {
      components.set(title, {})
      components.set(title, refer(schema, components, true))
    }
    return { $ref: `#/components/schemas/${title}` }
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, refer(value, components)]))
}

function parameters(operation: Operation, components: Map<string, unknown>): Json[] {
  const list: Json[] = []
  for (const [place, object] of [
    ['path', operation.params],
    ['query', operation.query],
  ] as const) {
    const required = new Set((object?.required as string[] | undefined) ?? [])
    for (const [name, schema] of Object.entries<TSchema>(object?.properties ?? {})) {
      list.push({ name, in: place, required: required.has(name), schema: refer(schema, components) })
    }
  }
  if (methodOf(operation.route) === 'POST') list.push({ $ref: '#/components/parameters/IdempotencyKey' })
  if (operation.ifMatch) list.push({ $ref: '#/components/parameters/IfMatch' })
  return list
}

function responses(operation: Operation, components: Map<string, unknown>): Json {
  const { status, schema, mediaType = 'application/json' } = operation.success
  const content =
    status === 204
      ? undefined
      : { [mediaType]: { schema: schema ? refer(schema, components) : { type: 'string' } } }
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of errorsOf(operation)) {
    const at = problems[code][0]
    byStatus.set(at, [...(byStatus.get(at) ?? []), code])
  }
  const failures = [...byStatus].map(([at, codes]): [string, Json] => [
    String(at),
    {
      description: codes.map((code) => `\`${code}\`: ${problems[code][2]}`).join('. '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ])
  return {
    [String(status)]: { description: operation.summary[1], ...(content ? { content } : {}) },
    ...Object.fromEntries(failures),
  }
}

/**
 * The OpenAPI 3.1 document, made from the operations table.
 *
 * @param options.version of the server
 * @param options.url its public base URL
 * @param options.demo whether the operations of the demo are there
 */
export function openapi(options: { version: string; url: string; demo: boolean }): Json {
  const components = new Map<string, unknown>()
  const paths: Record<string, Json> = {}
  for (const [feature, group] of Object.entries<Record<string, Operation>>(operations)) {
    for (const [name, operation] of Object.entries(group)) {
      if (operation.demo && !options.demo) continue
      const path = pathOf(operation.route).replace(/:(\w+)/g, '{$1}')
      const entry = (paths[path] ??= {})
      entry[methodOf(operation.route).toLowerCase()] = {
        operationId: `${feature}.${name}`,
        tags: [feature],
        summary: operation.summary[0],
        description: operation.summary[1],
        security: operation.capability ? [{ bearer: [] }] : [],
        parameters: parameters(operation, components),
        ...(operation.body
          ? {
              requestBody: {
                required: true,
                ...(operation.bodyLimit ? { description: `At most ${operation.bodyLimit} bytes` } : {}),
                content: { 'application/json': { schema: refer(operation.body, components) } },
              },
            }
          : {}),
        responses: responses(operation, components),
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '民情日记 minqing',
      version: options.version,
      description: 'Visit diaries of grassroots officers. Photos are sent by tus 1.0 to `/v1/uploads`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: options.url }],
    tags: Object.keys(operations)
      .filter((feature) => feature !== 'demo' || options.demo)
      .map((name) => ({ name, description: `Operations on ${name}` })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          description:
            'Chosen by the client, one per intent; a repeated send gets the saved reply for 24 hours',
          schema: { type: 'string', minLength: 8, maxLength: 100, pattern: '^[\\x21-\\x7e]+$' },
        },
        IfMatch: {
          name: 'If-Match',
          in: 'header',
          required: true,
          description: 'The version seen, in quotes: "3"',
          schema: { type: 'string', pattern: '^"\\d+"$' },
        },
      },
      schemas: { ...Object.fromEntries(components), Problem: problemSchema },
    },
  }
}
