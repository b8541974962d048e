import type { Grant } from '@minqing/core'
import type { Pool } from 'pg'
import type { Directory } from './options.ts'

interface Row {
  id: string
  name: string
  title: string | null
  role: Grant['role']
  area_code: string
  unit: string | null
}

/**
 * The tables `person` and `person_grant`, which the application cannot read or write otherwise. Counties keep their own
 * rows: should two of them mean different people by one account, it is nobody's.
 */
export const createDirectory = (pool: Pick<Pool, 'query'>): Directory => ({
  async find(provider, subject) {
    const { rows } = await pool.query<Row>('select * from mq_person_of($1, $2)', [provider, subject])
    const first = rows[0]
    if (!first || rows.some(({ id }) => id !== first.id)) return undefined
    return {
      id: first.id,
      name: first.name,
      ...(first.title === null ? {} : { title: first.title }),
      grants: rows.map(({ role, area_code: area, unit }) => ({
        role,
        area,
        ...(unit === null ? {} : { unit }),
      })),
    }
  },
})
