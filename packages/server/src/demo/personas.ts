import type { Role } from '@minqing/core'

/** A person of the demo: what their token says. */
export interface DemoPersona {
  readonly id: string
  /** `sub` of the token, and the author of the diaries that the demo data gives them. */
  readonly subject: string
  readonly name: string
  readonly title: string
  readonly role: Role
  readonly area: string
  /** For whom a handler works: the id of a unit of the default catalogue. */
  readonly unit?: string
}

const persona = (
  id: string,
  name: string,
  title: string,
  role: Role,
  area: string,
  unit?: string,
): DemoPersona => ({
  ...{ id, subject: `demo-${area}-${id}`, name, title, role, area },
  ...(unit === undefined ? {} : { unit }),
})

/** A village of 甘霖镇 where two of them work, and one of 崇仁镇: busy ones, so that each finds diaries of their own. */
const village = '330683100210'
const otherVillage = '330683102216'

export const personas: readonly DemoPersona[] = [
  persona('chen-village', '陈立军', '驻村干部', 'villageOfficer', village),
  persona('wang-grid', '王小芳', '网格员', 'gridWorker', `${village}001`),
  persona('li-village', '李春燕', '驻村干部', 'villageOfficer', otherVillage),
  persona('zhou-leader', '周正平', '市领导', 'leader', '330683'),
  persona('lin-enterprise', '林建华', '驻企服务员', 'enterpriseLiaison', '330683005'),
  persona('auditor', '沈明', '审计员', 'auditor', '330683'),
  persona('zhang-resident', '张阿根', '村民', 'resident', village),
  persona('he-center', '何静', '社会治理中心坐席', 'dispatcher', '330683'),
  persona('xu-housing', '徐伟', '住建局经办', 'handler', '330683', 'zhujian'),
  persona('ma-traffic', '马骏', '交通运输局经办', 'handler', '330683', 'jiaotong'),
  persona('gao-admin', '高敏', '管理员', 'administrator', '330683'),
]
