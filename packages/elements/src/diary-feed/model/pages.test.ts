import type { Diary } from '@minqing/core/wire'
import { expect } from '@open-wc/testing'
import { compare, Pages } from './pages.ts'

/** A diary as far as a list cares: where it stands. */
const diary = (minute: number, id = 'a', version = 1) =>
  ({ id: `${minute}-${id}`, createdAt: new Date(minute * 60_000).toISOString(), version }) as Diary

const newestFirst = (...minutes: number[]) => minutes.map((minute) => diary(minute))
const shown = (pages: Pages) => Array.from({ length: pages.length }, (_, index) => pages.at(index)?.id)

describe('pages of the feed', () => {
  it('puts pages below and above each other and finds diaries by index', () => {
    const pages = new Pages()
    expect(pages.append(newestFirst(9, 8))).to.equal(2)
    expect(pages.append(newestFirst(7, 6))).to.equal(2)
    expect(pages.prepend(newestFirst(11, 10))).to.equal(2)
    expect(shown(pages)).to.eql(['11-a', '10-a', '9-a', '8-a', '7-a', '6-a'])
    expect(pages.indexOf('8-a')).to.equal(3)
    expect(pages.indexOf('5-a')).to.equal(-1)
    expect(pages.at(-1)).to.equal(undefined)
    expect(pages.at(6)).to.equal(undefined)
  })

  it('leaves out what a page brings twice', () => {
    const pages = new Pages()
    pages.append(newestFirst(9, 8))
    expect(pages.append(newestFirst(9, 8, 7))).to.equal(1)
    expect(pages.prepend(newestFirst(10, 9))).to.equal(1)
    expect(shown(pages)).to.eql(['10-a', '9-a', '8-a', '7-a'])
  })

  it('orders those of the same millisecond by id', () => {
    const pages = new Pages()
    pages.append([diary(9, 'b')])
    expect(pages.insert(diary(9, 'c'))).to.equal(0)
    expect(pages.insert(diary(9, 'a'))).to.equal(2)
    expect(pages.insert(diary(9, 'c'))).to.equal(-1)
    expect(shown(pages)).to.eql(['9-c', '9-b', '9-a'])
  })

  it('takes a newer state and refuses an older version', () => {
    const pages = new Pages()
    pages.append([diary(9, 'a', 2)])
    const same = diary(9, 'a', 2)
    expect(pages.replace(same)).to.equal(true)
    expect(pages.at(0)).to.equal(same)
    expect(pages.replace(diary(9, 'a', 1))).to.equal(false)
    expect(pages.replace(diary(8))).to.equal(false)
  })

  it('keeps number, bounds and height of dropped pages, and fills them again', () => {
    const pages = new Pages()
    pages.append(newestFirst(9, 8))
    pages.append(newestFirst(7, 6, 5))
    pages.append(newestFirst(4, 3))
    pages.drop(0, 2, () => 100)
    expect(pages.length).to.equal(7)
    expect(pages.at(2)).to.equal(undefined)
    expect(pages.list[1]!.height).to.equal(300)
    const page = pages.missing(1, 3)!
    expect(page).to.equal(pages.list[1])
    expect(pages.insert(diary(6, 'b'))).to.equal(-1)
    // In the meantime one was deleted; the range also brought a neighbor of the same millisecond.
    expect(pages.fill(page, [diary(7, 'b'), ...newestFirst(7, 5)])).to.eql({ start: 2, grown: -1 })
    expect(shown(pages).slice(0, 4)).to.eql(['9-a', '8-a', '7-a', '5-a'])
  })

  it('lets a page go whose diaries are all gone', () => {
    const pages = new Pages()
    pages.append(newestFirst(9))
    pages.append(newestFirst(8))
    pages.drop(0, 1, () => 1)
    pages.fill(pages.list[1]!, [])
    expect(pages.length).to.equal(1)
    expect(pages.remove('9-a')).to.equal(0)
    expect(pages.list).to.eql([])
    expect(pages.insert(diary(1))).to.equal(0)
  })

  it('splits a first page that live diaries have grown', () => {
    const pages = new Pages()
    pages.append(newestFirst(0))
    for (let minute = 1; minute <= 200; minute++) expect(pages.insert(diary(minute))).to.equal(0)
    expect(pages.list.length).to.be.greaterThan(2)
    expect(Math.max(...pages.list.map(({ count }) => count))).to.be.lessThan(82)
    expect(pages.at(0)!.id).to.equal('200-a')
    expect(pages.at(200)!.id).to.equal('0-a')
  })

  it('agrees with a plain sorted array through 2,000 random steps', () => {
    // A small generator with a seed, so that a failure comes back.
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    const pages = new Pages()
    let plain = newestFirst(500)
    pages.append(plain)
    for (let step = 0; step < 2000; step++) {
      const what = random(3)
      if (what < 2 || plain.length < 2) {
        const one = diary(random(1000), String.fromCharCode(97 + random(3)))
        const known = plain.some(({ id }) => id === one.id)
        expect(pages.insert(one) < 0).to.equal(known)
        if (!known) plain = [...plain, one].sort(compare)
      } else {
        const at = random(plain.length)
        expect(pages.remove(plain[at]!.id)).to.equal(at)
        plain = plain.filter((_, index) => index !== at)
      }
    }
    expect(shown(pages)).to.eql(plain.map(({ id }) => id))
    for (const { items, newest, oldest, count } of pages.list) {
      expect([newest.id, oldest.id, count]).to.eql([items![0]!.id, items![count - 1]!.id, items!.length])
    }
  })
})
