import type { UnitKind } from '@minqing/core'

/** A unit of the whole county: its id is stable, it stands in the tokens of those who work there. */
export type UnitRow = readonly [id: string, name: string, kind: UnitKind]

/** Stands for the center of each town, and for the county's where there is no town. */
export const townUnit = 'town'
/** The county's own center. */
export const countyCenter = 'shezhi'

export const defaultUnits: readonly UnitRow[] = [
  ['zhujian', '住房和城乡建设局', 'department'],
  ['jiaotong', '交通运输局', 'department'],
  ['shengtai', '生态环境分局', 'department'],
  ['jiaoti', '教育体育局', 'department'],
  ['renshe', '人力资源和社会保障局', 'department'],
  ['yibao', '医疗保障局', 'department'],
  ['shangwu', '商务局', 'department'],
  ['wenguang', '文化广电旅游局', 'department'],
  ['weijian', '卫生健康局', 'department'],
  ['nongye', '农业农村局', 'department'],
  ['minzheng', '民政局', 'department'],
  ['gongan', '公安局', 'department'],
  ['xiaofang', '消防救援大队', 'department'],
  ['yingji', '应急管理局', 'department'],
  ['shuili', '水利局', 'department'],
  ['ziran', '自然资源和规划局', 'department'],
  ['sifa', '司法局', 'department'],
  ['xinfang', '信访局', 'department'],
  ['jiwei', '纪委监委', 'department'],
  ['zuzhi', '组织部', 'department'],
  ['zhifa', '综合行政执法局', 'department'],
  ['shichang', '市场监督管理局', 'department'],
  ['tuiyi', '退役军人事务局', 'department'],
  ['jingxin', '经济和信息化局', 'department'],
  ['keji', '科学技术局', 'department'],
  ['jinrong', '金融工作中心', 'department'],
  ['shuiwuju', '税务局', 'department'],
  [countyCenter, '社会治理中心', 'department'],
  ['canlian', '残疾人联合会', 'organization'],
  ['fulian', '妇女联合会', 'organization'],
  ['gonghui', '总工会', 'organization'],
  ['cishan', '慈善总会', 'organization'],
  ['shegong', '社会工作服务中心', 'organization'],
  ['gongdian', '供电公司', 'partner'],
  ['shuiwu', '水务集团', 'partner'],
  ['ranqi', '燃气公司', 'partner'],
  ['gongjiao', '公共交通公司', 'partner'],
  ['huanwei', '环卫服务公司', 'partner'],
  ['chengtou', '城市建设投资集团', 'partner'],
  ['tongxin', '通信运营商联络处', 'partner'],
  ['zhiyuan', '志愿者服务总队', 'volunteers'],
  ['xiangxian', '乡贤联谊会', 'notable'],
]

/** Units that take a category in place of the one above it says, besides those that the category rows name. */
export const defaultAssignments: readonly (readonly [code: string, unit: string])[] = [
  ['020201', 'gongjiao'],
  ['020202', 'gongjiao'],
  ['020203', 'gongjiao'],
  ['030401', 'huanwei'],
  ['030404', 'huanwei'],
  ['090105', 'cishan'],
  ['090202', 'shegong'],
  ['050103', 'renshe'],
]
