import type { Comment, Diary } from '@minqing/core/wire'
import { expect } from '@open-wc/testing'
import { expectAccessible } from '../../testing/axe.ts'
import { ime, sendKeys } from '../../testing/commands.ts'
import { until } from '../../testing/until.ts'
import {
  cards,
  cardSaying,
  fill,
  noCardSaying,
  openFeed,
  ownTag,
  part,
  press,
  writer,
} from '../testing/feed.ts'
// What a press loads is there before the first test begins: compiling it here is not what a test has time for.
import './actions.ts'
import './comments.ts'
import './editor.ts'
import './history.ts'

const newId = () => crypto.randomUUID()
const area = '330683'

describe('comments', () => {
  it('lists, adds with an input method, and deletes with a way back', async () => {
    const [reader, author] = [await writer({ name: '读者' }), await writer({ name: '作者' })]
    const tag = ownTag()
    const diary = await author.write(`说说 #${tag}`)
    const comments = () => reader.client.comments.list({ diaryId: diary.id }).page()
    const feed = await openFeed(reader.person, { tag })
    const card = await cardSaying(feed, '说说')
    const opened = new Promise<Diary>((resolve) =>
      feed.addEventListener('mq-diary-open', (event) => resolve(event.diary)),
    )
    const button = await press(card, '评论')
    expect((await opened).id).to.equal(diary.id)
    expect(button.getAttribute('aria-expanded')).to.equal('true')
    await until(() => card.textContent!.includes('还没有评论'))
    const field = await part<HTMLTextAreaElement>(card, 'textarea')
    await until(() => feed.shadowRoot!.activeElement === field)
    // While the input method composes, Ctrl+Enter is its own key and must not send.
    await ime({ text: 'shou dao' })
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, isComposing: true }),
    )
    await ime({ commit: '收到' })
    await until(() => field.value === '收到')
    expect((await comments()).items).to.eql([])
    await sendKeys({ down: 'Control' })
    await sendKeys({ press: 'Enter' })
    await sendKeys({ up: 'Control' })
    await until(() => card.querySelector('.comment')?.textContent?.includes('收到'))
    // The live event may come before the answer, which empties the field.
    await until(() => field.value === '')
    await until(() => card.querySelector('footer')!.textContent!.includes('评论 1'))
    // A colleague's comment comes live; theirs cannot be deleted here.
    await author.client.comments.create({ diaryId: diary.id, id: newId(), text: '<b>谢谢</b>' })
    const theirs = await until(() =>
      [...card.querySelectorAll('.comment')].find((one) => one.textContent!.includes('<b>谢谢</b>')),
    )
    expect(theirs.querySelector('button, b')).to.equal(null)
    await press(card, '删除评论')
    await until(() => !card.querySelector('ol')!.textContent!.includes('收到'))
    expect((await comments()).items.length).to.equal(1)
    await press(card, '撤销')
    await until(() => card.querySelector('ol')!.textContent!.includes('收到'))
    expect((await comments()).items.map(({ text }) => text)).to.eql(['收到', '<b>谢谢</b>'])
  })

  it('reads long lists page by page', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`很多评论 #${tag}`)
    for (let i = 0; i < 53; i++)
      await client.comments.create({ diaryId: diary.id, id: newId(), text: `第 ${i} 条。` })
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '很多评论')
    await press(card, '评论')
    await until(() => card.querySelectorAll('.comment').length === 50)
    await press(card, '更多评论')
    await until(() => card.querySelectorAll('.comment').length === 53)
    expect(card.querySelector('.comment:last-child')!.textContent).to.contain('第 52 条')
  })

  it('keeps what was typed when it cannot be sent, and sends it once on the second try', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`断网 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '断网')
    await press(card, '评论')
    const field = await part<HTMLTextAreaElement>(card, 'textarea')
    await until(() => card.textContent!.includes('还没有评论'))
    fill(field, '路上写的')
    // The answer gets lost on its way: the server has the comment, the page does not know.
    const real = window.fetch
    let lost = 0
    window.fetch = async (...request) => {
      const answer = await real(...request)
      const [{ url = '', method = '' }] = [request[0] as Request]
      if (method !== 'POST' || !url.endsWith('/comments')) return answer
      lost++
      throw new TypeError('Failed to fetch')
    }
    await press(card, '发表')
    await until(() => card.querySelector('.note.bad'), 'the failure', 14_000)
    window.fetch = real
    expect(lost).to.be.greaterThan(0)
    expect(field.value).to.equal('路上写的')
    await press(card, '发表')
    await until(() => field.value === '')
    expect((await client.comments.list({ diaryId: diary.id }).page()).items.length).to.equal(1)
    expect([...card.querySelectorAll('.comment')].length).to.equal(1)
  }).timeout(30_000)

  it('offers to write as soon as it is known who is signed in, and puts the caret there', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`谁来了 #${tag}`)
    const real = window.fetch
    let tell = () => undefined as void
    const known = new Promise<void>((resolve) => (tell = resolve))
    window.fetch = async (...request) => {
      if ((request[0] as Request).url?.endsWith('/me')) await known
      return real(...request)
    }
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '谁来了')
    await press(card, '评论')
    await until(() => card.textContent!.includes('还没有评论'))
    expect(card.querySelector('textarea')).to.equal(null)
    tell()
    const field = await part<HTMLTextAreaElement>(card, 'textarea')
    await until(() => feed.shadowRoot!.activeElement === field)
  })

  it('keeps what is typed while a comment is on its way: it is the next one', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`接着说 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '接着说')
    await press(card, '评论')
    const field = await part<HTMLTextAreaElement>(card, 'textarea')
    fill(field, '第一句')
    const real = window.fetch
    let letGo = () => undefined as void
    const held = new Promise<void>((resolve) => (letGo = resolve))
    window.fetch = async (...request) => {
      const { url = '', method = '' } = request[0] as Request
      if (method === 'POST' && url.endsWith('/comments')) await held
      return real(...request)
    }
    await press(card, '发表')
    await until(() => card.textContent!.includes('正在发送'))
    fill(field, '第二句')
    letGo()
    await until(() => card.querySelector('.comment')?.textContent!.includes('第一句'))
    await press(card, '发表')
    await until(() => card.querySelectorAll('.comment').length === 2 && field.value === '')
    const { items } = await client.comments.list({ diaryId: diary.id }).page()
    expect(items.map(({ text }) => text)).to.eql(['第一句', '第二句'])
  })

  it('lets the asker accept an answer, shows it in the card to all, and takes it back', async () => {
    const [asker, helper] = [await writer({ name: '提问人' }), await writer({ name: '老同事' })]
    const tag = ownTag()
    const diary = await asker.write(`水管怎么修 #${tag}`, { kind: 'help' })
    const say = (text: string): Promise<Comment> =>
      helper.client.comments.create({ diaryId: diary.id, id: newId(), text })
    await say('不清楚')
    await say('找水务所')
    const feed = await openFeed(asker.person, { tag })
    const card = await cardSaying(feed, '水管怎么修')
    expect(card.querySelector('.kind')!.textContent).to.contain('待解答')
    await press(card, '评论')
    const comment = await until(() =>
      [...card.querySelectorAll<HTMLElement>('.comment')].find((one) =>
        one.textContent!.includes('找水务所'),
      ),
    )
    await press(comment, '采纳为答案')
    await until(() => card.querySelector('.kind')!.textContent!.includes('已解决'))
    await until(() => card.querySelector('.comment')!.textContent!.includes('找水务所'), 'the answer on top')
    await until(() => card.querySelector('[part=answer]')?.textContent?.includes('老同事：找水务所'))

    const other = await openFeed(helper.person, { tag })
    const seen = await cardSaying(other, '水管怎么修')
    await until(() => seen.querySelector('[part=answer]')?.textContent?.includes('找水务所'))
    await press(seen, '评论')
    await until(() => seen.querySelector('.comment.accepted'))
    expect(seen.querySelector('.comment.accepted')!.textContent).not.to.contain('取消采纳')
    await press(card, '取消采纳')
    await until(() => !card.querySelector('[part=answer]') && !seen.querySelector('[part=answer]'))
  })
})

describe('editor', () => {
  it('changes one’s own diary and keeps the earlier state in the history', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`屋顶漏水,已上报 #${tag}`, { visited: ['王大爷', '李大妈'] })
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '屋顶漏水')
    await press(card, '修改')
    const field = await part<HTMLTextAreaElement>(card, 'textarea')
    fill(field, `屋顶漏水,已修好 #${tag}`)
    // an Enter of the input method, as Safari tells it, saves nothing: what follows is still the first change
    const key = { key: 'Enter', keyCode: 229, ctrlKey: true, bubbles: true }
    field.dispatchEvent(new KeyboardEvent('keydown', key))
    const place = card.querySelectorAll<HTMLInputElement>('.panels input')
    fill(place[0]!, '王大爷、 张师傅')
    fill(place[1]!, '东王村')
    await expectAccessible(feed)
    await press(card.querySelector<HTMLElement>('.panels')!, '保存')
    await until(() => card.textContent!.includes('已修好') && !card.querySelector('.panels > *'))
    const saved = await client.diaries.get({ id: diary.id })
    expect(saved.visited).to.eql(['王大爷', '张师傅'])
    expect(saved.place).to.eql({ name: '东王村', precision: 'grid' })
    expect(saved.version).to.equal(2)

    await press(card, '已修改')
    await until(
      () =>
        card.querySelector('del')?.textContent === '上报' &&
        card.querySelector('ins')?.textContent === '修好',
    )
    expect(card.querySelector('.panels')!.textContent).to.contain('第 2 版').and.to.contain('第 1 版')
  })

  it('shows both versions when another was quicker, loses nothing, and saves on purpose', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`最初 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '最初')
    await press(card, '修改')
    const field = await part<HTMLTextAreaElement>(card, 'textarea')
    fill(field, `我的 #${tag}`)
    await client.diaries.edit({ id: diary.id, text: `别处的 #${tag}` }, { version: 1 })
    const save = () => press(card.querySelector<HTMLElement>('.panels')!, '保存')
    await save()
    const both = await part(card, '.both')
    expect(both.textContent).to.contain('别处的').and.to.contain('我的')
    expect(field.value).to.equal(`我的 #${tag}`)
    expect((await client.diaries.get({ id: diary.id })).text).to.equal(`别处的 #${tag}`)
    await expectAccessible(feed)
    await save()
    await until(() => !card.querySelector('.panels > *'))
    expect((await client.diaries.get({ id: diary.id })).text).to.equal(`我的 #${tag}`)
  })

  it('gives canceled changes back', async () => {
    const { person, write } = await writer()
    const tag = ownTag()
    await write(`原文 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '原文')
    await press(card, '修改')
    fill(await part<HTMLTextAreaElement>(card, 'textarea'), '写了很久')
    await press(card.querySelector<HTMLElement>('.panels')!, '取消')
    await press(await part(feed, '.toast'), '撤销')
    expect((await part<HTMLTextAreaElement>(card, 'textarea')).value).to.equal('写了很久')
  })

  it('tells in words what the server refuses, beside what was typed', async () => {
    const { person, client, write } = await writer()
    const tag = ownTag()
    const diary = await write(`会被删除 #${tag}`)
    const feed = await openFeed(person, { tag })
    const card = await cardSaying(feed, '会被删除')
    await press(card, '修改')
    const field = await part<HTMLTextAreaElement>(card, 'textarea')
    fill(field, '不要丢')
    await client.diaries.remove({ id: diary.id }, { version: 1 })
    await noCardSaying(feed, '会被删除')
    expect(cards(feed).length).to.equal(0)
    expect((await client.diaries.list({ area, tag }).page()).items.length).to.equal(0)
    // Undone elsewhere: the card is back, and what was typed with it.
    await client.diaries.restore({ id: diary.id })
    const back = await cardSaying(feed, '会被删除')
    expect((await part<HTMLTextAreaElement>(back, 'textarea')).value).to.equal('不要丢')
  })
})
