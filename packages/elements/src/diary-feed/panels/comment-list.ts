import type { Client } from '@minqing/client'
import type { Comment, DiaryLiveEvent } from '@minqing/core'

type CommentPages = ReturnType<Client['comments']['list']>

/** The comments of one diary, oldest first, read page by page and kept up with live events. */
export class CommentList {
  items: Comment[] = []
  /** `undefined` before the first page; `null` when all are read. */
  next: string | null | undefined
  private reading?: Promise<void>

  constructor(private readonly pages: () => Promise<CommentPages>) {}

  get complete(): boolean {
    return this.next === null
  }

  more(): Promise<void> {
    this.reading ??= this.read().finally(() => (this.reading = undefined))
    return this.reading
  }

  private async read(): Promise<void> {
    const { items, next } = await (await this.pages()).page(this.next ?? undefined)
    for (const comment of items) this.add(comment)
    this.next = next
  }

  add(comment: Comment): void {
    if (this.items.some(({ id }) => id === comment.id)) return
    const order = (one: Comment) => one.createdAt + one.id
    this.items = [...this.items, comment].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  }

  remove(id: string): void {
    this.items = this.items.filter((comment) => comment.id !== id)
  }

  /** Tells whether the event changed anything. A comment beyond what is read comes with its page. */
  apply({ type, comment, commentId }: DiaryLiveEvent): boolean {
    const before = this.items
    if (type === 'comment.removed' && commentId) this.remove(commentId)
    else if (comment && this.next !== undefined) {
      const last = this.items[this.items.length - 1]
      if (this.complete || (last && comment.createdAt < last.createdAt)) this.add(comment)
    }
    return before !== this.items
  }
}
