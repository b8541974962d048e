/**
 * Every problem that the server can answer with. The code is stable and the only thing to branch on; titles may be
 * reworded. Sent as RFC 9457 `application/problem+json`.
 */
export const problems = {
  invalid_input: [400, '填写的内容不符合要求', 'The input does not fit the expected shape'],
  invalid_json: [400, '请求内容不是有效的 JSON', 'The body is not valid JSON'],
  cursor_invalid: [
    400,
    '翻页标记无效，请从第一页重新开始',
    'The cursor is not one of ours; start from the first page',
  ],
  idempotency_key_missing: [400, '缺少 Idempotency-Key 请求头', 'Every POST needs an Idempotency-Key header'],
  unauthenticated: [401, '请先登录', 'A bearer token is needed'],
  token_invalid: [401, '登录凭证无效', 'The token is malformed, forged or signed by an unknown key'],
  token_expired: [401, '登录已过期，请重新登录', 'The token has expired'],
  token_audience: [401, '登录凭证不是发给本服务的', 'The token was issued for another audience'],
  ticket_invalid: [401, '照片链接已失效，请刷新', 'The photo ticket is invalid or has expired'],
  origin_denied: [403, '当前页面来源不在凭证允许的范围内', 'The token may not be used from this origin'],
  forbidden: [403, '没有进行此操作的权限', 'No grant allows this operation'],
  not_found: [404, '没有找到，或不在您的权限范围内', 'Not found, or outside your scope'],
  area_not_found: [404, '没有找到该区域，或不在您的权限范围内', 'No such area, or it is outside your scope'],
  id_taken: [409, '该编号已被另一条内容使用', 'The id is in use by something else'],
  idempotency_in_flight: [409, '同一请求正在处理，请稍候', 'A request with this key is still being handled'],
  not_a_help_request: [409, '只有求助日记可以采纳回答', 'Only a help diary can have an accepted answer'],
  undo_expired: [409, '已超过可撤销的期限', 'The time to undo has passed'],
  upload_offset_conflict: [
    409,
    '上传进度已变化，请从新的位置续传',
    'The upload stands at another offset; ask for it and go on from there',
  ],
  version_conflict: [412, '内容已被更新，请核对最新版本', 'It has changed since you read it'],
  body_too_large: [413, '提交的内容过大', 'The body is too large'],
  photo_too_large: [413, '照片文件过大', 'The photo file is too large'],
  media_type_unsupported: [415, '不支持的内容类型', 'This media type is not accepted'],
  photo_not_an_image: [415, '文件不是可识别的照片', 'The file is not an image we can read'],
  idempotency_mismatch: [422, '同一 Idempotency-Key 对应了不同的内容', 'The key was used with another body'],
  photo_too_many_pixels: [422, '照片像素过大', 'The photo has too many pixels'],
  photo_unknown: [422, '照片尚未上传完成，或不属于您', 'A photo is not uploaded yet, or is not yours'],
  own_diary: [422, '不能给自己的日记标记有用', 'You cannot mark your own diary as useful'],
  version_required: [428, '缺少 If-Match 请求头', 'This change needs an If-Match header'],
  rate_limited: [429, '操作过于频繁，请稍后再试', 'Too many requests; try again later'],
  internal: [500, '服务器出现问题，请稍后再试', 'Something went wrong on the server'],
  unavailable: [503, '服务暂时不可用，请稍后再试', 'The service is not available at the moment'],
} as const satisfies Record<string, readonly [status: number, zh: string, en: string]>

/** A code that the server may answer with. */
export type ErrorCode = keyof typeof problems

export const statusOf = (code: ErrorCode): number => problems[code][0]

/** One bad field: a JSON Pointer into query, path or body, a stable rule word, and the bound that was passed. */
export interface FieldProblem {
  /** `/text`, `/photos/3`, `/place/longitude`. */
  path: string
  /** The JSON Schema keyword that failed: `maxLength`, `pattern`, `required`, … */
  rule: string
  /** The bound, where the rule has one. */
  limit?: number | string
}

/** RFC 9457 problem details as they are on the wire. */
export interface Problem {
  /** `urn:minqing:problem:<code>`. */
  type: string
  status: number
  code: ErrorCode
  /** In the language of the request (`Accept-Language`), Chinese without one. */
  title: string
  titles: { 'zh-CN': string; en: string }
  detail?: string
  /** Identifies the request in the server's log. */
  instance?: string
  fields?: FieldProblem[]
}

/** Makes the wire form of a problem. `language` is an `Accept-Language` value. */
export function toProblem(
  code: ErrorCode,
  more: { detail?: string; instance?: string; fields?: FieldProblem[]; language?: string } = {},
): Problem {
  const [status, zh, en] = problems[code]
  const { language, ...rest } = more
  const title = /^\s*en\b/i.test(language ?? '') ? en : zh
  return { type: `urn:minqing:problem:${code}`, status, code, title, titles: { 'zh-CN': zh, en }, ...rest }
}
