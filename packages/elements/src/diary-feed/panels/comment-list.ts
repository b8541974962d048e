import type { Comment, DiaryLiveEvent } from '@minqing/core'

interface CommentPages {
  page(cursor?: string): Promise<{ items: Comment[]; next: string | null }>
}

const order = ({ createdAt, id }: Comment) => createdAt + id

/** The comments of one diary, oldest first, read page by page and kept up with live events. */
export class CommentList {
  items: Comment[] = []
  /** `undefined` before the first page; `null` when all are read. */
  next: string | null | undefined
  private reading?: Promise<void> | undefined
  /** Told while the first page was being read: the page may have been made before. */
  private early: DiaryLiveEvent[] = []
  private turn = 0

  constructor(private readonly pages: () => Promise<CommentPages>) {}

  get complete(): boolean {
    return this.next === null
  }

  more(): Promise<void> {
    const reading = (this.reading ??= this.read().finally(() => {
      if (this.reading === reading) this.reading = undefined
    }))
    return reading
  }

  /** Reads from the beginning, because events were missed. What is there stays until it is known to be gone. */
  again(): Promise<void> {
    this.next = this.reading = undefined
    return this.more()
  }

  private async read(): Promise<void> {
    const turn = ++this.turn
    const first = this.next === undefined
    const before = this.items
    const { items, next } = await (await this.pages()).page(this.next ?? undefined)
    if (turn !== this.turn) return
    if (first) {
      const there = new Set(items.map(({ id }) => id))
      const last = items[items.length - 1]
      const beyond = (one: Comment) => next !== null && last !== undefined && order(one) > order(last)
      this.items = this.items.filter((one) => there.has(one.id) || !before.includes(one) || beyond(one))
    }
    for (const comment of items) this.add(comment)
    this.next = next
    for (const event of this.early.splice(0)) this.apply(event)
  }

  add(comment: Comment): void {
    if (this.items.some(({ id }) => id === comment.id)) return
    this.items = [...this.items, comment].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  }

  remove(id: string): void {
    this.items = this.items.filter((comment) => comment.id !== id)
  }

  /** Tells whether the event changed anything. A comment beyond what is read comes with its page. */
  apply(event: DiaryLiveEvent): boolean {
    const { type, comment, commentId } = event
    const before = this.items
    if (this.next === undefined) this.early.push(event)
    if (type === 'comment.removed' && commentId) this.remove(commentId)
    else if (comment && this.next !== undefined) {
      const last = this.items[this.items.length - 1]
      if (this.complete || (last && comment.createdAt < last.createdAt)) this.add(comment)
    }
    return before !== this.items
  }
}
