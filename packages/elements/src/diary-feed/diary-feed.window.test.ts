import { expect } from '@open-wc/testing'
import { setViewport } from '../testing/commands.ts'
import { until } from '../testing/until.ts'
import type { MqDiaryFeed } from './diary-feed.ts'
import { cards, cardSaying, fill, openFeed, part, press, settled, writer } from './testing/feed.ts'

const frame = () => new Promise(requestAnimationFrame)
const positions = (feed: MqDiaryFeed) => cards(feed).map((card) => Number(card.getAttribute('aria-posinset')))
const times = (feed: MqDiaryFeed) => cards(feed).map((card) => card.querySelector('time')!.dateTime)

/** The card at the top of what is seen, and where it is. */
function reading(feed: MqDiaryFeed, from = 0) {
  const card = cards(feed).find((one) => one.getBoundingClientRect().bottom > from)
  return {
    position: Number(card?.getAttribute('aria-posinset')),
    top: card?.getBoundingClientRect().top ?? 0,
  }
}

/** Scrolls on in steps as a wheel does. */
async function wheel(scroller: Element, distance: number, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    scroller.scrollTop += distance
    await frame()
    await frame()
  }
}

describe('mq-diary-feed, a long list', () => {
  before(() => setViewport({ width: 800, height: 900 }))

  it('reaches the first diary by scrolling, with few cards in the page and none left out', async () => {
    const { person, client } = await writer()
    const feed = await openFeed(person)
    await part(feed, 'article')
    const seen = new Set<string>()
    let most = 0
    for (let step = 0; step < 600; step++) {
      for (const card of cards(feed)) seen.add(card.id)
      most = Math.max(most, cards(feed).length)
      if (
        feed.shadowRoot!.textContent.includes('没有更早的日记了') &&
        reading(feed, innerHeight - 10).position === 0
      )
        break
      await wheel(document.scrollingElement!, 500, 1)
    }
    let total = 0
    for await (const diary of client.diaries.list({ area: '330683', limit: 100 })) {
      total++
      expect(seen.has(diary.id), diary.createdAt).to.equal(true)
    }
    expect(total).to.be.at.least(300)
    expect(most).to.be.lessThan(60)
    // And all the way back.
    for (let step = 0; step < 600 && scrollY > 0; step++) await wheel(document.scrollingElement!, -500, 1)
    await until(() => positions(feed)[0] === 1)
    const { top } = cards(feed)[0]!.getBoundingClientRect()
    expect(top).to.be.greaterThan(0).and.lessThan(200)
  }).timeout(60_000)

  it('keeps what is read in place while cards above turn out taller or shorter', async () => {
    const { person } = await writer()
    const feed = await openFeed(person)
    await part(feed, 'article')
    await wheel(document.scrollingElement!, 400, 40)
    let last = reading(feed)
    for (let step = 0; step < 60; step++) {
      const y = scrollY
      await wheel(document.scrollingElement!, -120, 1)
      const scrolled = scrollY - y
      const card = cards(feed).find((one) => Number(one.getAttribute('aria-posinset')) === last.position)!
      const moved = card.getBoundingClientRect().top - last.top
      // What was seen moved by what was scrolled, whatever the window did above it.
      expect(Math.abs(moved + scrolled), `step ${step}`).to.be.lessThan(2)
      last = reading(feed)
    }
  }).timeout(60_000)

  it('follows the scrollbar to a far place', async () => {
    const { person } = await writer()
    const feed = await openFeed(person)
    await part(feed, 'article')
    await wheel(document.scrollingElement!, 900, 30)
    const far = reading(feed).position
    expect(far).to.be.greaterThan(30)
    scrollTo(0, 300)
    await until(() => positions(feed)[0] === 1)
    await until(() => reading(feed).position > 0 && reading(feed).position < 6)
    scrollTo(0, 12_000)
    await until(() => reading(feed).position > 15 && reading(feed).top < innerHeight)
    expect(cards(feed).length).to.be.lessThan(60)
  }).timeout(30_000)

  it('jumps to a day, goes on to newer ones above, and to the first diary of all', async () => {
    const { person, client } = await writer()
    const all: string[] = []
    for await (const { createdAt } of client.diaries.list({ area: '330683', limit: 100 })) all.push(createdAt)
    const middle = new Date(Date.parse(all[150]!) + 8 * 3_600_000).toISOString().slice(0, 10)
    const feed = await openFeed(person)
    await part(feed, 'article')
    await wheel(document.scrollingElement!, 400, 20)
    await press(feed, '筛选')
    const field = await part<HTMLInputElement>(feed, 'input[type=date]')
    field.value = middle
    field.dispatchEvent(new Event('change', { bubbles: true }))
    const end = new Date(Date.parse(`${middle}T00:00:00+08:00`) + 86_400_000).toISOString()
    const expected = all.filter((at) => at < end).length
    await until(() => cards(feed).length && reading(feed).position > 0)
    await settled(feed)
    const body = (
      feed as unknown as {
        body: { pages: { at(index: number): { createdAt: string } | undefined; length: number } }
      }
    ).body
    const loaded = () =>
      Array.from({ length: body.pages.length }, (_, index) => body.pages.at(index)!.createdAt)
    await until(() => loaded().some((at) => at < end) && loaded().some((at) => at >= end))
    const wanted = all[all.length - expected]!
    expect(loaded().filter((at) => at < end)[0]).to.equal(wanted)
    // The day's last diary is what is read, although newer ones have come in above it.
    const inView = () =>
      cards(feed).some((card) => {
        const { top, bottom } = card.getBoundingClientRect()
        const index = Number(card.getAttribute('aria-posinset')) - 1
        return body.pages.at(index)?.createdAt === wanted && bottom > 0 && top < innerHeight
      })
    await until(inView)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(inView()).to.equal(true)
    // Everything above is reachable by scrolling up.
    for (let step = 0; step < 400 && loaded()[0] !== all[0]; step++)
      await wheel(document.scrollingElement!, -600, 1)
    expect(loaded()[0]! >= all[0]!).to.equal(true)
    await press(feed, '最早')
    await part(feed, '[part=pill]')
    await until(() => times(feed).length && loaded().pop() === all[all.length - 1])
    expect(feed.date).to.equal('oldest')
    await press(feed, '回到最新')
    await until(() => feed.date === undefined && loaded()[0]! >= all[0]!)
  }).timeout(60_000)

  it('shows the first diaries there are when the day lies before all of them', async () => {
    const { person, client } = await writer()
    const oldest = (await client.diaries.list({ area: '330683', direction: 'newer', limit: 1 }).page())
      .items[0]!
    const feed = await openFeed(person, { date: '1999-01-01' })
    await cardSaying(feed, oldest.text.slice(0, 12))
    await until(() => feed.shadowRoot!.textContent.includes('没有更早的日记了'))
  })

  it('scrolls inside a container as well, even in another shadow root', async () => {
    const { person } = await writer()
    const host = document.createElement('div')
    const root = host.attachShadow({ mode: 'open' })
    const box = document.createElement('div')
    box.style.cssText = 'height: 500px; overflow: auto'
    root.append(box)
    document.body.append(host)
    const feed = await openFeed(person, {}, box)
    await part(feed, 'article')
    await wheel(box, 300, 60)
    expect(scrollY).to.equal(0)
    expect(reading(feed, box.getBoundingClientRect().top).position).to.be.greaterThan(20)
    expect(cards(feed).length).to.be.lessThan(40)
    for (let step = 0; step < 400 && box.scrollTop > 0; step++) await wheel(box, -300, 1)
    await until(() => positions(feed)[0] === 1)
    host.remove()
  }).timeout(60_000)

  it('brings a comment back that was half written when its card left the page', async () => {
    const { person } = await writer()
    const feed = await openFeed(person)
    const card = await part(feed, 'article')
    await press(card, '评论')
    fill(await part<HTMLTextAreaElement>(card, 'textarea'), '写到一半')
    await wheel(document.scrollingElement!, 600, 30)
    expect(cards(feed).some(({ id }) => id === card.id)).to.equal(false)
    scrollTo(0, 0)
    const back = await until(() => cards(feed).find(({ id }) => id === card.id))
    expect((await part<HTMLTextAreaElement>(back, 'textarea')).value).to.equal('写到一半')
  }).timeout(30_000)
})
