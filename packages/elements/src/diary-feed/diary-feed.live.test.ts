import { expect } from '@open-wc/testing'
import { until } from '../testing/until.ts'
import {
  cards,
  cardSaying,
  noCardSaying,
  openFeed,
  ownTag,
  part,
  press,
  settled,
  writer,
} from './testing/feed.ts'

const top = (element: Element) => element.getBoundingClientRect().top

describe('mq-diary-feed, live', () => {
  it('lets a colleague’s diary slide in at the top, and shows edits, counts and deletion', async () => {
    const [reader, colleague] = [await writer(), await writer({ name: '同事' })]
    const tag = ownTag()
    await colleague.write(`早些 #${tag}`)
    const feed = await openFeed(reader.person, { tag })
    await cardSaying(feed, '早些')
    const diary = await colleague.write(`刚刚 #${tag}`)
    const card = await cardSaying(feed, '刚刚')
    expect(cards(feed)[0]).to.equal(card)
    expect(card.classList.contains('fresh')).to.equal(true)

    const { diaries, comments } = colleague.client
    await diaries.edit({ id: diary.id, text: `改过 #${tag}` }, { version: diary.version })
    await until(() => card.textContent.includes('改过') && card.textContent.includes('已修改'))
    const id = crypto.randomUUID()
    await comments.create({ diaryId: diary.id, id, text: '补充' })
    await until(() => card.textContent.includes('评论 1'))
    await diaries.remove({ id: diary.id }, { version: 2 })
    await noCardSaying(feed, '改过')
    await diaries.restore({ id: diary.id })
    await cardSaying(feed, '改过')
  })

  it('leaves out what does not match the filters', async () => {
    const [reader, colleague] = [await writer(), await writer()]
    const tag = ownTag()
    await colleague.write(`求助一 #${tag}`, { kind: 'help' })
    const feed = await openFeed(reader.person, { tag, kind: 'help' })
    await cardSaying(feed, '求助一')
    await colleague.write(`走访 #${tag}`)
    await colleague.write('求助但没有标签', { kind: 'help' })
    await colleague.write(`求助二 #${tag}`, { kind: 'help' })
    await cardSaying(feed, '求助二')
    expect(cards(feed).length).to.equal(2)
  })

  it('does not move what is being read: a pill tells, and pressing it goes there', async () => {
    const [reader, colleague] = [await writer(), await writer()]
    const tag = ownTag()
    for (let i = 0; i < 12; i++) await colleague.write(`旧 ${i}\n二\n三 #${tag}`)
    const feed = await openFeed(reader.person, { tag, 'no-filters': '' })
    const read = await cardSaying(feed, '旧 8')
    await settled(feed)
    read.scrollIntoView()
    await until(() => Math.abs(top(read)) < 5)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const before = top(read)
    await colleague.write(`新一 #${tag}`)
    await colleague.write(`新二 #${tag}`)
    const pill = await part(feed, '[part=pill]')
    await until(() => pill.textContent.includes('2 条新日记'))
    expect(Math.abs(top(read) - before)).to.be.lessThan(2)
    expect(cards(feed).some((card) => card.textContent.includes('新一'))).to.equal(false)
    // One's own is there at once, above, and still nothing moves.
    await reader.write(`自己写的 #${tag}`)
    await until(() => feed.shadowRoot!.querySelector('article')?.getAttribute('aria-posinset'))
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(Math.abs(top(read) - before)).to.be.lessThan(2)
    pill.click()
    const fresh = await cardSaying(feed, '新二')
    await until(() => top(fresh) >= 0 && top(fresh) < innerHeight)
    expect(
      cards(feed)
        .slice(0, 3)
        .map((card) => card.querySelector('.text')!.textContent.trim()),
    ).to.eql([`自己写的 #${tag}`, `新二 #${tag}`, `新一 #${tag}`])
    expect(feed.shadowRoot!.querySelector('[part=pill]')).to.equal(null)
  })

  it('takes a diary that a composer on the page has sent', async () => {
    const reader = await writer()
    const tag = ownTag()
    const feed = await openFeed(reader.person, { tag })
    await part(feed, '[part=empty]')
    const diary = await reader.write(`写好了 #${tag}`)
    document.dispatchEvent(Object.assign(new Event('mq-diary-sent'), { id: diary.id, diary }))
    await cardSaying(feed, '写好了')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(cards(feed).length).to.equal(1)
  })

  it('marks as useful and takes it back; one’s own cannot be marked', async () => {
    const [reader, colleague] = [await writer(), await writer()]
    const tag = ownTag()
    await colleague.write(`有用的 #${tag}`)
    await reader.write(`自己的 #${tag}`)
    const feed = await openFeed(reader.person, { tag })
    const card = await cardSaying(feed, '有用的')
    const button = await press(card, '有用 0')
    await until(() => button.textContent.includes('有用 1') && button.getAttribute('aria-pressed') === 'true')
    const own = await cardSaying(feed, '自己的')
    await until(() => own.textContent.includes('0 人觉得有用'))
    feed.remove()

    const again = await openFeed(reader.person, { tag })
    const marked = await cardSaying(again, '有用的')
    await until(() => marked.querySelector('[data-do=useful]')?.getAttribute('aria-pressed') === 'true')
    await press(marked, '有用 1')
    await until(() => marked.textContent.includes('有用 0'))
    expect(marked.querySelector('[data-do=useful]')!.getAttribute('aria-pressed')).to.equal('false')
  })

  it('deletes one’s own diary with a way back', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`写错了 #${tag}`)
    const feed = await openFeed(person, { tag })
    const changes: string[] = []
    feed.addEventListener('mq-diary-change', ({ change }) => changes.push(change))
    await press(await cardSaying(feed, '写错了'), '删除')
    await part(feed, '.toast')
    await noCardSaying(feed, '写错了')
    await until(async () => (await client.diaries.list({ area: '330683', tag }).page()).items.length === 0)
    await press(await part(feed, '.toast'), '撤销')
    await cardSaying(feed, '写错了')
    expect((await client.diaries.get({ id: diary.id })).id).to.equal(diary.id)
    expect(changes).to.eql(['removed', 'restored'])
  })

  it('brings a diary back that could not be deleted, and says why', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`第一版 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '第一版')
    // The event of the edit comes late: the feed still shows the first version when the button is pressed.
    const { source } = (
      feed as unknown as { body: { controller: { source: { pages: { replace: unknown } } } } }
    ).body.controller
    source.pages.replace = () => false
    await client.diaries.edit({ id: diary.id, text: `第二版 #${tag}` }, { version: 1 })
    await press(card, '删除')
    const toast = await part(feed, '.toast.bad')
    expect(toast.textContent).to.contain('内容已被更新')
    await cardSaying(feed, '第二版')
  })
})
