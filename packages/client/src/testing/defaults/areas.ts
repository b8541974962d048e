import type { TestArea } from '../types.ts'

/** A county with a town, two villages, and the grids of one of them. */
export const defaultAreas: readonly TestArea[] = [
  { code: '330683', name: '嵊州市' },
  { code: '330683100', name: '甘霖镇' },
  { code: '330683100201', name: '东王村' },
  { code: '330683100201001', name: '第1网格' },
  { code: '330683100201002', name: '第2网格' },
  { code: '330683100202', name: '剡东村' },
  { code: '330683102', name: '崇仁镇' },
  { code: '330683102201', name: '九十村' },
]
