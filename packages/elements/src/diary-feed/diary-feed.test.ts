import { newId } from '@minqing/client'
import { expect } from '@open-wc/testing'
import { MqDiarySentEvent } from '../diary-composer/diary-composer.events.ts'
import { expectAccessible } from '../testing/axe.ts'
import { officer, serverUrl } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import {
  cards,
  cardSaying,
  cutLine,
  fill,
  noCardSaying,
  openFeed,
  ownTag,
  part,
  press,
  settled,
  writer,
} from './testing/feed.ts'

const texts = (feed: Parameters<typeof cards>[0]) =>
  cards(feed).map((card) => card.querySelector('.text')!.textContent.trim())

describe('mq-diary-feed', () => {
  it('shows the diaries of an area, newest first, as text and never as markup', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`第一篇 #${tag}`)
    await write(`<img src=x onerror="window.hacked=1"><b>第二篇</b> #${tag}`, {
      visited: ['<i>王大爷</i>'],
      place: { name: '<u>文化礼堂</u>', precision: 'grid' },
    })
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '<b>第二篇</b>')
    expect(texts(feed)).to.eql([
      `<img src=x onerror="window.hacked=1"><b>第二篇</b> #${tag}`,
      `第一篇 #${tag}`,
    ])
    expect(card.querySelector('b, i, u, img')).to.equal(null)
    expect(card.textContent).to.contain('<i>王大爷</i>').and.to.contain('<u>文化礼堂</u>')
    expect((window as { hacked?: number }).hacked).to.equal(undefined)
  })

  it('keeps the room of the first diaries while they load', async () => {
    const { person } = await writer()
    const feed = await openFeed(person)
    await feed.updateComplete
    expect(feed.shadowRoot!.querySelectorAll('.bone').length).to.be.greaterThan(3)
    expect(feed.offsetHeight).to.be.greaterThan(innerHeight)
    await settled(feed)
    await part(feed, 'article')
    expect(feed.shadowRoot!.querySelector('article')!.getAttribute('aria-posinset')).to.equal('1')
  })

  it('has a face for nothing, and another for nothing that matches', async () => {
    const nobody = officer('330683100')
    const empty = await openFeed(nobody, { area: '33068310099999999' })
    const told = await part(empty, '[part=error]')
    expect(told.textContent).to.contain('没有找到该区域')

    const feed = await openFeed(nobody, { tag: ownTag() })
    const face = await part(feed, '[part=empty]')
    expect(face.textContent).to.contain('没有符合条件的日记')
    const changed = new Promise<Event>((resolve) =>
      feed.addEventListener('mq-feed-filter', resolve, { once: true }),
    )
    await press(face, '清除筛选条件')
    await changed
    expect(feed.tag).to.equal(undefined)
    await part(feed, 'article')
  })

  it('says that nobody is signed in', async () => {
    const feed = await openFeed(officer(), { 'token-url': '/there-is-none' })
    const face = await part(feed, '[part=error]')
    expect(face.textContent).to.contain('请先登录')
  })

  it('offline from the start: says so, and loads by itself when the line is back', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`终于 #${tag}`)
    const cut = cutLine()
    const feed = await openFeed(person, { tag })
    const face = await part(feed, '[part=error]')
    expect(face.textContent).to.contain('网络')
    cut.mend()
    await cardSaying(feed, '终于')
    expect(feed.shadowRoot!.querySelector('[part=error]')).to.equal(null)
  }).timeout(30_000)

  it('offline later: shows what was loaded and since when, and goes on by itself', async () => {
    const { person } = await writer()
    const feed = await openFeed(person)
    await part(feed, 'article')
    await settled(feed)
    const before = cards(feed)[0]!.textContent
    const cut = cutLine()
    for (let step = 0; step < 200 && !feed.shadowRoot!.querySelector('[part=offline]'); step++) {
      scrollBy(0, 400)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const note = await part(feed, '[part=offline]')
    expect(note.textContent).to.match(/\d\d:\d\d/)
    scrollTo(0, 0)
    await until(() => cards(feed)[0]?.textContent === before)
    cut.mend()
    await until(() => !feed.shadowRoot!.querySelector('[part=offline]'), 'going on', 14_000)
  }).timeout(40_000)

  it('filters by the tag in a text, tells the host, and shows what is chosen', async () => {
    const { person, write } = await writer()
    const [one, two] = [ownTag(), ownTag()]
    await write(`甲 #${one} #${two}`)
    await write(`乙 #${one}`)
    const feed = await openFeed(person, { tag: one })
    const card = await cardSaying(feed, '甲')
    await cardSaying(feed, '乙')
    const told = new Promise<Event>((resolve) =>
      feed.addEventListener('mq-feed-filter', resolve, { once: true }),
    )
    await press(card, `#${two}`)
    expect(await told).to.have.nested.property('view.tag', two)
    await noCardSaying(feed, '乙')
    const chip = await until(() => feed.shadowRoot!.querySelector<HTMLElement>('[part=chip]'))
    expect(chip.textContent).to.contain(two)
    chip.click()
    await until(() => !feed.tag)
  })

  it('filters by kind, own diaries and author', async () => {
    const [author, reader] = [await writer({ name: '作者' }), await writer({ name: '读者' })]
    const tag = ownTag()
    await author.write(`求助一下 #${tag}`, { kind: 'help' })
    await author.write(`金点子 #${tag}`, { kind: 'idea' })
    await reader.write(`自己的 #${tag}`)
    const feed = await openFeed(reader.person, { tag })
    await cardSaying(feed, '求助一下')
    await press(feed, '筛选')
    await press(await part(feed, '#filters'), '金点子')
    await noCardSaying(feed, '求助一下')
    await until(() => texts(feed).join() === `金点子 #${tag}`)
    await press(await part(feed, '#filters'), '全部')
    await press(await part(feed, '#filters'), '我的日记')
    await until(() => texts(feed).join() === `自己的 #${tag}`)
    await press(await part(feed, '#filters'), '我的日记')
    await press(await cardSaying(feed, '金点子'), '作者')
    await noCardSaying(feed, '自己的')
    expect(feed.author).to.equal(author.person.sub)
    await until(() => texts(feed).length === 2)
  })

  it('searches and marks what was found', async () => {
    const { person, write } = await writer()
    const word = ownTag()
    await write(`村口${word.toUpperCase()}漏水`)
    await write('别的事情')
    const feed = await openFeed(person)
    const field = await part<HTMLInputElement>(feed, 'input[type=search]')
    field.value = `${word} 漏水`
    await press(feed, '搜索')
    await cardSaying(feed, `村口${word.toUpperCase()}`)
    await noCardSaying(feed, '别的事情')
    // in whatever card stands there now: the list before it had this diary, too, and no marks
    const marks = () =>
      [...feed.shadowRoot!.querySelectorAll('mark')].map((mark) => mark.textContent).join('')
    await until(() => marks() === `${word.toUpperCase()}漏水`)
    fill(await part<HTMLInputElement>(feed, 'input[type=search]'), '')
    await until(() => feed.q === undefined)
  })

  it('collapses long texts and shows them whole on demand', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`长 #${tag}\n${'今天走访了很多人家。'.repeat(90)}`)
    await write(`短 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '长')
    const text = card.querySelector<HTMLElement>('.text')!
    const height = text.offsetHeight
    const button = await press(card, '展开全文')
    await until(() => text.offsetHeight > height * 1.5)
    expect(button.getAttribute('aria-expanded')).to.equal('true')
    await press(card, '收起')
    await until(() => text.offsetHeight === height)
    expect((await cardSaying(feed, '短')).querySelector('.more')).to.equal(null)
  })

  it('goes from diary to diary by Page Down and Page Up', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    for (const text of ['丙', '乙', '甲']) await write(`${text} #${tag}`)
    const feed = await openFeed(person, { tag })
    const first = await cardSaying(feed, '甲')
    first.focus()
    const key = (name: string) =>
      feed.shadowRoot!.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true }),
      )
    key('PageDown')
    expect(feed.shadowRoot!.activeElement!.textContent).to.contain('乙')
    key('PageUp')
    expect(feed.shadowRoot!.activeElement).to.equal(first)
    expect(first.getAttribute('aria-setsize')).to.equal('3')
  })

  const looks: Record<string, string>[] = [{}, { theme: 'dark' }, { elder: '' }]
  for (const look of looks) {
    it(`has no accessibility faults ${JSON.stringify(look)}`, async () => {
      const { person, write } = await writer()
      const tag = ownTag()
      await write(`求助 #${tag}\n${'很长的求助。'.repeat(100)}`, { kind: 'help', visited: ['王大爷'] })
      await write(`走访 #${tag}`)
      const feed = await openFeed(person, { tag, ...look })
      await cardSaying(feed, '求助')
      await press(feed, '筛选')
      await press(await cardSaying(feed, '求助'), '评论')
      await part(feed, 'textarea')
      document.body.style.background = look['theme'] ? '#10181a' : ''
      await expectAccessible(feed)
      document.body.style.background = ''
    })
  }

  it('has targets and text that old eyes and fingers need, in elder mode', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`走访 #${tag}`)
    const feed = await openFeed(person, { tag, elder: '' })
    const card = await cardSaying(feed, '走访')
    for (const text of card.querySelectorAll('p, button, time')) {
      expect(parseFloat(getComputedStyle(text).fontSize), text.className).to.be.at.least(18)
    }
    for (const button of card.querySelectorAll<HTMLElement>('footer button, .author')) {
      expect(button.offsetHeight, button.textContent).to.be.at.least(44)
    }
  })

  it('speaks English', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`走访 #${tag}`)
    const feed = await openFeed(person, { tag, locale: 'en' })
    const card = await cardSaying(feed, '走访')
    await until(() => card.textContent.includes('Comments 0'))
    expect(card.querySelector('.kind')!.textContent).to.contain('Visit')
    expect(feed.shadowRoot!.textContent).to.contain('No earlier diaries')
    feed.locale = 'zh-CN'
    await until(() => card.textContent.includes('评论 0'))
  })

  it('takes away what a person has read when another comes, also one whom the server does not know', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`只给自己看 #${tag}`)
    const feed = await openFeed(person, { tag })
    feed.removeAttribute('area')
    await cardSaying(feed, '只给自己看')
    feed.setAttribute('token-url', '/there-is-none')
    await until(() => feed.shadowRoot!.textContent.includes('请先登录'))
    expect(cards(feed)).to.eql([])
  })

  it('shows at once what a composer of the same server has sent, and nothing of another', async () => {
    const { person, client, write } = await writer()
    const base = await serverUrl()
    const scope = document.createElement('mq-scope')
    scope.setAttribute('base-url', base)
    document.body.append(scope)
    const feed = await openFeed(person, {}, scope)
    await part(feed, 'article')
    const { id } = await write('编辑器刚发出的')
    const diary = await client.diaries.get({ id })
    const sentFrom = (place: HTMLElement, text: string) =>
      place.dispatchEvent(new MqDiarySentEvent(newId(), { ...diary, id: newId(), text }))
    sentFrom(document.body, '别的服务器的')
    sentFrom(scope, '自己的服务器的')
    await cardSaying(feed, '自己的服务器的')
    expect(texts(feed)).not.to.contain('别的服务器的')
    scope.remove()
  })
})
