import { problems } from '../errors.ts'

/** JSON Schema of the wire form of a problem (RFC 9457); the type is `Problem` in errors.ts. */
export const problemSchema = {
  type: 'object',
  title: 'Problem',
  required: ['type', 'status', 'code', 'title', 'titles'],
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    title: { type: 'string' },
    titles: {
      type: 'object',
      required: ['zh-CN', 'en'],
      properties: { 'zh-CN': { type: 'string' }, en: { type: 'string' } },
    },
    detail: { type: 'string' },
    instance: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'rule'],
        properties: {
          path: { type: 'string' },
          rule: { type: 'string' },
          limit: { type: ['number', 'string'] },
        },
      },
    },
  },
}
