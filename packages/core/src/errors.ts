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
  assertion_refused: [
    401,
    '登录凭据无效、已过期或已使用，请重新登录',
    'The assertion is invalid, expired, meant for somebody else, or was used before; sign in again',
  ],
  ticket_invalid: [401, '照片链接已失效，请刷新', 'The photo ticket is invalid or has expired'],
  origin_denied: [403, '当前页面来源不在凭证允许的范围内', 'The token may not be used from this origin'],
  anonymous_refused: [403, '请登录后再反映', 'This deployment takes no anonymous reports'],
  person_unknown: [
    403,
    '您的账号尚未在本服务登记，请联系管理员',
    'The directory has nobody with this account, or gives them nothing to do',
  ],
  forbidden: [403, '没有进行此操作的权限', 'No grant allows this operation'],
  not_found: [404, '没有找到，或不在您的权限范围内', 'Not found, or outside your scope'],
  area_not_found: [404, '没有找到该区域，或不在您的权限范围内', 'No such area, or it is outside your scope'],
  provider_unknown: [404, '本服务没有配置这种登录方式', 'No provider of this name is set up here'],
  receipt_unknown: [404, '没有找到该受理编号', 'No report has this receipt number'],
  id_taken: [409, '该编号已被另一条内容使用', 'The id is in use by something else'],
  idempotency_in_flight: [409, '同一请求正在处理，请稍候', 'A request with this key is still being handled'],
  not_a_help_request: [409, '只有求助日记可以采纳回答', 'Only a help diary can have an accepted answer'],
  undo_expired: [409, '已超过可撤销的期限', 'The time to undo has passed'],
  upload_offset_conflict: [
    409,
    '上传进度已变化，请从新的位置续传',
    'The upload stands at another offset; ask for it and go on from there',
  ],
  action_unavailable: [
    409,
    '事项当前状态不能进行这一步',
    'The issue is not in a state in which this can be done',
  ],
  assists_full: [409, '协办单位已达上限', 'No more units can assist'],
  assist_open: [
    409,
    '还有协办单位未办结，主办单位暂不能答复',
    'An assisting unit is still at work; the lead cannot answer yet',
  ],
  category_needed: [409, '请先确定事项类别', 'The issue has no category yet'],
  diary_forwarded: [409, '这篇日记已转为事项', 'This diary is an issue already'],
  import_running: [409, '已有一个导入任务在进行', 'Another import is under way'],
  pattern_closed: [
    409,
    '该一类事已办结或不能并入',
    'The issue to merge into is closed, merged itself, or this one',
  ],
  pattern_has_children: [
    409,
    '已有事项并入本事项，请先拆分',
    'Other issues are merged into this one; split them off first',
  ],
  reopen_expired: [409, '已超过可重办的期限', 'The time to reopen has passed'],
  version_conflict: [412, '内容已被更新，请核对最新版本', 'It has changed since you read it'],
  body_too_large: [413, '提交的内容过大', 'The body is too large'],
  photo_too_large: [413, '照片文件过大', 'The photo file is too large'],
  media_type_unsupported: [415, '不支持的内容类型', 'This media type is not accepted'],
  photo_not_an_image: [415, '文件不是可识别的照片', 'The file is not an image we can read'],
  idempotency_mismatch: [422, '同一 Idempotency-Key 对应了不同的内容', 'The key was used with another body'],
  photo_too_many_pixels: [422, '照片像素过大', 'The photo has too many pixels'],
  photo_unknown: [422, '照片尚未上传完成，或不属于您', 'A photo is not uploaded yet, or is not yours'],
  assist_deadline_late: [422, '协办期限应早于主办期限', 'An assisting unit has to end before the lead does'],
  category_unknown: [422, '没有这个类别，或已停用', 'No such category, or it is out of use'],
  csv_invalid: [
    422,
    '文件中有不合格的行，未导入任何内容',
    'Rows of the file are not acceptable; nothing was taken',
  ],
  csv_unreadable: [422, '无法识别的文件：请使用 UTF-8 或 GBK 编码的 CSV', 'Not a CSV file in UTF-8 or GBK'],
  deadline_far: [422, '期限不能超过一年', 'The deadline lies more than a year ahead'],
  deadline_not_working: [422, '期限应落在工作日', 'The deadline lies on a day off'],
  deadline_past: [422, '期限应晚于现在', 'The deadline lies in the past'],
  extension_not_later: [
    422,
    '延期后的期限应晚于原期限',
    'The new deadline is not later than the present one',
  ],
  return_unit_needed: [422, '退单须指明更合适的单位', 'A return has to name a better unit'],
  unit_twice: [422, '同一单位只能承担一次', 'A unit is named twice'],
  unit_unknown: [422, '没有这个单位，或已停用', 'No such unit, or it is out of use'],
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
