import { expect } from '@open-wc/testing'
import { absolute, dayOf, relative } from './time.ts'

const now = new Date('2026-03-08T02:00:00Z')
const before = (ms: number) => new Date(now.getTime() - ms)
const hour = 3_600_000

describe('times of a card', () => {
  it('says how long ago, in words that a reader uses', () => {
    expect(relative(before(5000), now)).to.equal('现在')
    expect(relative(before(5 * 60_000), now)).to.equal('5分钟前')
    expect(relative(before(3 * hour), now)).to.equal('3小时前')
  })

  it('counts days by the calendar of the county, not by 24 hours', () => {
    // 10:00 in China; eleven hours before it was 23:00 of the day before.
    expect(relative(before(11 * hour), now)).to.equal('昨天')
    expect(relative(before(6 * 24 * hour), now)).to.equal('6天前')
    expect(dayOf(new Date('2026-03-07T16:00:00Z'))).to.equal('2026-03-08')
  })

  it('gives the date from a week on, with the year when it is another', () => {
    expect(relative(before(8 * 24 * hour), now)).to.equal('2月28日')
    expect(relative(before(100 * 24 * hour), now)).to.equal('2025年11月28日')
  })

  it('is not confused by a clock that runs behind', () => {
    expect(relative(new Date(now.getTime() + 90_000), now)).to.equal('现在')
  })

  it('writes the full time in the county’s zone', () => {
    expect(absolute(now)).to.contain('2026年3月8日').and.to.contain('10:00')
  })
})
