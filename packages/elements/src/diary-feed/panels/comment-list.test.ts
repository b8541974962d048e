import type { Comment, DiaryLiveEvent } from '@minqing/core'
import { expect } from '@open-wc/testing'
import { CommentList } from './comment-list.ts'

const comment = (n: number) => ({ id: `c${n}`, text: `第 ${n} 条`, createdAt: `2026-01-0${n}` }) as Comment
const event = (type: DiaryLiveEvent['type'], n: number): DiaryLiveEvent => {
  const { id: commentId } = comment(n)
  const base = { type, area: '330683', at: '2026-01-09', actor: 'a', diaryId: 'd', commentId }
  return type === 'comment.removed' ? base : { ...base, comment: comment(n) }
}

interface Answer {
  items: Comment[]
  next: string | null
}

/** A list whose pages come when the test gives them. */
function slowList() {
  const asked: ((answer: Answer) => void)[] = []
  const page = () => new Promise<Answer>((resolve) => asked.push(resolve))
  const list = new CommentList(() => Promise.resolve({ page }))
  const texts = () => list.items.map(({ id }) => id).join(' ')
  return { list, asked, texts }
}

const turn = () => new Promise((resolve) => setTimeout(resolve))

describe('the list of comments', () => {
  it('misses nothing that is told while its first page is on the way', async () => {
    const { list, asked, texts } = slowList()
    const read = list.more()
    await turn()
    list.apply(event('comment.created', 2))
    list.apply(event('comment.removed', 1))
    asked[0]!({ items: [comment(1)], next: null })
    await read
    expect(texts()).to.equal('c2')
  })

  it('drops what was deleted while nobody listened, and keeps what was added since', async () => {
    const { list, asked, texts } = slowList()
    const read = list.more()
    await turn()
    asked[0]!({ items: [comment(1), comment(2), comment(3)], next: null })
    await read
    const again = list.again()
    await turn()
    list.add(comment(5))
    expect(texts()).to.equal('c1 c2 c3 c5')
    asked[1]!({ items: [comment(1), comment(4)], next: null })
    await again
    expect(texts()).to.equal('c1 c4 c5')
  })

  it('keeps later pages when the first is read again', async () => {
    const { list, asked, texts } = slowList()
    for (const [n, next] of [
      [1, 'two'],
      [2, null],
    ] as const) {
      const read = list.more()
      await turn()
      asked.shift()!({ items: [comment(n)], next })
      await read
    }
    const again = list.again()
    await turn()
    asked[0]!({ items: [comment(1)], next: 'two' })
    await again
    expect(texts()).to.equal('c1 c2')
  })

  it('takes the answer to its last question, though an earlier one comes later', async () => {
    const { list, asked, texts } = slowList()
    const early = list.more()
    await turn()
    const late = list.again()
    await turn()
    asked[1]!({ items: [comment(1), comment(2)], next: null })
    await late
    asked[0]!({ items: [comment(1)], next: 'more' })
    await early
    expect(texts()).to.equal('c1 c2')
    expect(list.complete).to.equal(true)
  })
})
