import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { addWorkingDays } from '@minqing/core'
import { chineseCalendar } from './calendar.ts'

const works = (day: string): boolean => chineseCalendar.isWorkingDay(day)

describe('the calendar of working days', () => {
  it('[I7] knows the holidays of a year and the weekend days that are worked instead', () => {
    for (const day of ['2026-10-01', '2026-10-07', '2026-02-17', '2026-05-05', '2025-10-08'])
      assert.ok(!works(day), day)
    for (const day of ['2026-10-10', '2026-09-20', '2026-02-14', '2026-02-28', '2026-05-09'])
      assert.ok(works(day), day)
    for (const day of ['2026-11-24', '2026-10-08', '2026-02-24']) assert.ok(works(day), day)
    for (const day of ['2026-11-28', '2026-11-29']) assert.ok(!works(day), day)
  })

  it('goes by weekends in years that are not announced yet', () => {
    assert.ok(works('2035-10-01') && works('2035-10-02'))
    assert.ok(!works('2035-10-06') && !works('2035-10-07'))
  })

  it('answers the same again, and counts over the National Day', () => {
    assert.equal(works('2026-10-01'), works('2026-10-01'))
    const end = addWorkingDays(Date.parse('2026-09-30T01:00:00Z'), 1, chineseCalendar)
    assert.equal(new Date(end).toISOString(), '2026-10-08T01:00:00.000Z')
  })

  it('is the same wherever the server stands', () => {
    const days = ['2026-10-01', '2026-10-10', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30']
    const program = `
      import { chineseCalendar } from ${JSON.stringify(fileURLToPath(new URL('calendar.ts', import.meta.url)))}
      console.log(${JSON.stringify(days)}.map((day) => chineseCalendar.isWorkingDay(day)).join())`
    for (const zone of ['America/Los_Angeles', 'Pacific/Auckland', 'Asia/Shanghai', 'UTC']) {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--conditions=minqing-source', '--input-type=module', '--eval', program],
        { env: { ...process.env, TZ: zone, NODE_TEST_CONTEXT: '' }, encoding: 'utf8' },
      )
      assert.equal(stdout.trim(), 'false,true,true,false,false,true', `${zone} ${stderr}`)
    }
  })
})
