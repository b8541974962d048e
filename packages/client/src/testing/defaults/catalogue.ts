import { kindDays, levelOf } from '@minqing/core'
import type { State } from '../internal/state.ts'
import type { TestArea, TestCategory, TestServerOptions, TestUnit } from '../types.ts'

type Catalogue = NonNullable<TestServerOptions['catalogue']>

const units: readonly Omit<TestUnit, 'county'>[] = [
  { id: 'zhujian', name: '住房和城乡建设局' },
  { id: 'jiaotong', name: '交通运输局' },
  { id: 'huanwei', name: '环卫服务公司', kind: 'partner' },
  { id: 'shuili', name: '水利局' },
  { id: 'minzheng', name: '民政局' },
]

type Row = readonly [code: string, name: string, words: string, unit: string, kind?: TestCategory['kind']]
const categories: readonly Row[] = [
  ['01', '城乡建设', '', 'zhujian', 'complaint'],
  ['0101', '路灯', '路灯 灯不亮 照明', 'zhujian', 'complaint'],
  ['0102', '道路', '路面 坑洼 村道', 'jiaotong', 'complaint'],
  ['02', '环境卫生', '', 'huanwei', 'complaint'],
  ['0201', '垃圾清运', '垃圾 清运 垃圾桶', 'huanwei', 'complaint'],
  ['03', '水利', '', 'shuili', 'help'],
  ['0301', '供水', '停水 水压 自来水', 'shuili', 'help'],
  ['04', '民政救助', '低保 救助 养老', 'minzheng', 'consultation'],
]

/** Five units and eight categories for each county. */
export function defaultCatalogue(areas: readonly TestArea[]): Catalogue {
  const counties = areas.flatMap(({ code }) => (levelOf(code) === 'county' ? [code] : []))
  return {
    units: counties.flatMap((county) => units.map((unit) => ({ ...unit, county }))),
    categories: counties.flatMap((county) =>
      categories.map(([code, name, words, unit, kind]) => ({
        ...{ county, code, name, kind, words: words.split(' ').filter(Boolean) },
        units: [{ area: county, unit }],
      })),
    ),
  }
}

/** Enters a catalogue as an administrator would. */
export function fillCatalogue(state: State, catalogue: Catalogue): void {
  for (const unit of catalogue.units) {
    const { county, id } = unit
    const whole = { kind: 'department' as const, area: county, active: true, ...unit, version: 1 }
    state.units.set(`${county} ${id}`, whole)
  }
  for (const category of catalogue.categories) {
    const { county, code, kind = 'complaint', ...rest } = category
    state.categories.set(`${county} ${code}`, {
      ...{ words: [], units: [], autoDispatch: false, active: true, days: kindDays[kind] },
      ...{ ...rest, county, code, kind },
      ...{ parent: code.length === 2 ? null : code.slice(0, -2), version: 1 },
    })
  }
}
