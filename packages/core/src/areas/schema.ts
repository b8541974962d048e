import Type, { type Static } from 'typebox'
import { named, nullable, oneOf } from '../internal/shapes.ts'
import { areaLevels, type AreaLevel } from './rules.ts'

export const AreaCode = Type.String({
  pattern: '^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12}|\\d{15}|\\d{17})$',
  description: 'GB/T 2260-style code of 2, 4, 6, 9, 12, 15 or 17 digits; a subtree is a prefix',
})

export const AreaLevelWord = oneOf(Object.keys(areaLevels) as AreaLevel[])

export const Area = named('Area', {
  code: AreaCode,
  name: Type.String({ description: '甘霖镇' }),
  level: AreaLevelWord,
  parent: nullable(AreaCode),
  /** Whether anything lies below it, so that a picker can show an arrow. */
  hasChildren: Type.Boolean(),
})
export type Area = Static<typeof Area>

/** An area as other things name it: the code, and the names from the town down. */
export const AreaRef = named('AreaRef', {
  code: AreaCode,
  name: Type.String({ description: '甘霖镇 东王村 第3网格' }),
})
export type AreaRef = Static<typeof AreaRef>
