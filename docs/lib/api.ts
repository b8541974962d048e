import { can, methodOf, operations, pathOf, problems, reachOf, roles } from '@minqing/core'
import type { Capability, ErrorCode, Operation, Role } from '@minqing/core'
import { fieldsOf, typeOf, type Field, type Shape } from './shape.ts'

const features: Record<string, [string, string]> = {
  me: ['当前登录人', 'me'],
  session: ['登录', 'session'],
  areas: ['区域', 'areas'],
  diaries: ['民情日记', 'diaries'],
  comments: ['评论', 'comments'],
  photos: ['照片', 'photos'],
  issues: ['民情事项', 'issues'],
  reports: ['群众反映', 'reports'],
  catalogue: ['派单目录', 'catalogue'],
  inbox: ['消息', 'inbox'],
  live: ['实时事件', 'live'],
  demo: ['演示', 'demo'],
}

export const roleNames: Record<Role, string> = {
  gridWorker: '网格员',
  villageOfficer: '驻村干部',
  enterpriseLiaison: '驻企服务员',
  dispatcher: '派单员',
  handler: '承办人员',
  leader: '领导',
  expert: '专家',
  enterpriseContact: '企业联系人',
  resident: '居民',
  auditor: '审计员',
  administrator: '管理员',
  system: '其他系统',
}

const reachNames = { area: '本区域', town: '本乡镇', county: '全县', unit: '本单位承办的', own: '本人上报的' }

/** Who holds the capability, and how far it carries. */
export const holdersOf = (capability: Capability | null) =>
  capability === null
    ? []
    : roles
        .filter((role) => can(role, capability))
        .map((role) => ({ role, name: roleNames[role], reach: reachNames[reachOf(role, capability)!] }))

export interface ApiOperation {
  id: string
  method: string
  path: string
  summary: readonly [string, string]
  capability: Capability | null
  holders: { role: Role; name: string; reach: string }[]
  inputs: { place: string; fields: Field[] }[]
  output: string
  status: number
  errors: { code: ErrorCode; status: number; zh: string }[]
  paged: boolean
  ifMatch: boolean
  demo: boolean
}

const problemOf = (code: ErrorCode) => ({ code, status: problems[code][0], zh: problems[code][1] })

/** The reference: every operation of core's table by feature, the shapes they name, and all problems. */
export function apiReference() {
  const shapes = new Map<string, { title: string; description: string; fields: Field[] }>()
  const seen = (shape: Shape) => {
    if (!shape.title || shapes.has(shape.title)) return
    const entry = { title: shape.title, description: shape.description ?? '', fields: [] as Field[] }
    shapes.set(shape.title, entry)
    entry.fields = fieldsOf(shape, seen)
  }
  const describe = (id: string, operation: Operation): ApiOperation => {
    const parts = { 路径: operation.params, 查询: operation.query, 正文: operation.body }
    const { status, schema, mediaType } = operation.success
    return {
      id,
      method: methodOf(operation.route),
      path: pathOf(operation.route),
      summary: operation.summary,
      capability: operation.capability,
      holders: holdersOf(operation.capability),
      inputs: Object.entries(parts)
        .filter(([, shape]) => shape)
        .map(([place, shape]) => ({ place, fields: fieldsOf(shape as Shape, seen) })),
      output: schema ? typeOf(schema as Shape, seen) : (mediaType ?? '—'),
      status,
      errors: (operation.errors ?? []).map(problemOf),
      paged: operation.paged ?? false,
      ifMatch: operation.ifMatch ?? false,
      demo: operation.demo ?? false,
    }
  }
  const groups = Object.entries<Record<string, Operation>>(operations).map(([feature, group]) => ({
    feature,
    name: features[feature]?.[0] ?? feature,
    operations: Object.entries(group).map(([name, operation]) => describe(`${feature}.${name}`, operation)),
  }))
  return {
    groups,
    shapes: [...shapes.values()].sort((a, b) => a.title.localeCompare(b.title)),
    problems: (Object.keys(problems) as ErrorCode[]).map((code) => ({
      ...problemOf(code),
      en: problems[code][2],
    })),
  }
}
