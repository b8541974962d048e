import type { Comment, LiveEvent } from '@minqing/core'
import { diaryLimits } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import { now } from '../../internal/clock.ts'
import { msg, str } from '../../internal/localize.ts'
import { sentenceOf } from '../../internal/problem-text.ts'
import { absolute, relative } from '../../internal/time.ts'
import { CommentList } from './comment-list.ts'
import { define } from '../../internal/define.ts'
import { FeedPanel } from './panel.ts'

/**
 * The comments of a diary, open in its card.
 *
 * @internal
 */
export class MqDiaryComments extends FeedPanel {
  @state() private problem?: unknown
  @state() private sending = false
  @state() private text = ''
  /** A comment that was just deleted and can come back. */
  @state() private removed?: Comment

  /** What was tried to send, under which id: a second try after a cut line must not make a second comment. */
  private draft?: { id: string; text: string } | undefined
  private list!: CommentList
  private composing = false
  private readonly hear = (event: LiveEvent) => {
    if ('diaryId' in event && event.diaryId === this.diary.id && this.list.apply(event)) this.requestUpdate()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { controller, diary } = this
    this.list ??= new CommentList(async () =>
      (await controller.client()).comments.list({ diaryId: diary.id, limit: 50 }),
    )
    controller.listeners.add(this.hear)
    // Events that came while the card was away are missing.
    void this.attempt(() => this.list.again())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.controller.listeners.delete(this.hear)
  }

  private get current() {
    const { pages } = this.controller.source
    return pages.at(pages.indexOf(this.diary.id)) ?? this.diary
  }

  private more = (): Promise<void> => this.attempt(() => this.list.more())

  /** Does something with the server, and says why when it cannot be done. */
  private async attempt(job: () => Promise<unknown>): Promise<void> {
    this.problem = undefined
    try {
      await job()
    } catch (problem) {
      this.problem = problem
    }
    this.requestUpdate()
  }

  private async send(event?: Event): Promise<void> {
    event?.preventDefault()
    const text = this.text.trim()
    if (!text || this.sending) return
    this.sending = true
    await this.attempt(async () => {
      const [{ newId }, client] = await Promise.all([import('@minqing/client'), this.controller.client()])
      // Another text is another comment.
      if (this.draft?.text !== text) this.draft = { id: newId(), text }
      this.list.add(await client.comments.create({ diaryId: this.diary.id, ...this.draft }))
      this.draft = undefined
      // What was typed meanwhile is the next one.
      if (this.text.trim() === text) this.text = ''
      this.count()
    })
    this.sending = false
    await this.updateComplete
    this.querySelector('textarea')?.focus({ preventScroll: true })
  }

  private key({ key, ctrlKey, metaKey, isComposing }: KeyboardEvent): void {
    // Enter belongs to the input method while it is composing, and to the text otherwise.
    if (key === 'Enter' && (ctrlKey || metaKey) && !isComposing && !this.composing) void this.send()
    if (key === 'Escape' && !this.text && !isComposing) this.leave()
  }

  private type({ target }: Event): void {
    this.text = (target as HTMLTextAreaElement).value
  }

  /** The card's number follows what the person did though the live events are late, or do not get through. */
  private count(): void {
    const { current, list } = this
    const { length: commentCount } = list.items
    if (list.complete && current.commentCount !== commentCount)
      this.controller.take({ ...current, commentCount })
  }

  private drop(comment: Comment): Promise<void> {
    return this.attempt(async () => {
      const { comments } = await this.controller.client()
      await comments.remove({ diaryId: this.diary.id, id: comment.id })
      this.list.remove(comment.id)
      this.removed = comment
      this.count()
    })
  }

  private restore(): Promise<void> {
    return this.attempt(async () => {
      const { comments } = await this.controller.client()
      this.list.add(await comments.restore({ diaryId: this.diary.id, id: this.removed!.id }))
      this.removed = undefined
      this.count()
    })
  }

  private accept(comment?: Comment): Promise<void> {
    return this.attempt(async () => {
      const { diaries } = await this.controller.client()
      const { id } = this.diary
      if (comment) this.controller.answers.set(comment.id, comment)
      this.controller.take(
        await (comment ? diaries.acceptAnswer({ id, comment: comment.id }) : diaries.withdrawAnswer({ id })),
      )
    })
  }

  private one(comment: Comment, accepted: boolean): TemplateResult {
    const { controller } = this
    const own = comment.author.id === controller.me?.id
    const asks = this.diary.kind === 'help' && controller.owns(this.diary)
    const at = new Date(comment.createdAt)
    const button = (text: string, click: () => void) =>
      html`<button class="button quiet" part="action" @click=${click}>${text}</button>`
    return html`<li class=${accepted ? 'comment accepted' : 'comment'} part="comment">
      <p class="small">
        <strong>${comment.author.name}</strong> ${comment.author.title ?? nothing}
        <time datetime=${comment.createdAt} title=${absolute(at)}>${relative(at, new Date(now()))}</time>
        ${accepted ? msg('已采纳', { id: 'feed.accepted' }) : nothing}
      </p>
      <p class="said">${comment.text}</p>
      ${
        asks
          ? accepted
            ? button(msg('取消采纳', { id: 'feed.withdraw' }), () => void this.accept())
            : button(msg('采纳为答案', { id: 'feed.accept' }), () => void this.accept(comment))
          : nothing
      }
      ${own ? button(msg('删除评论', { id: 'feed.removeComment' }), () => void this.drop(comment)) : nothing}
    </li>`
  }

  protected override render(): TemplateResult {
    const { list, text, removed, problem, sending } = this
    const { acceptedAnswer } = this.current
    const accepted =
      list.items.find(({ id }) => id === acceptedAnswer) ??
      (acceptedAnswer ? this.controller.answers.get(acceptedAnswer) : undefined)
    const rest = list.items.filter(({ id }) => id !== accepted?.id)
    const left = diaryLimits.comment - text.length
    return html`<h4>${msg('评论', { id: 'feed.commentsTitle' })}</h4>
      ${list.complete && !list.items.length ? html`<p class="small">${msg('还没有评论', { id: 'feed.noComments' })}</p>` : nothing}
      <ol>
        ${accepted ? this.one(accepted, true) : nothing} ${rest.map((comment) => this.one(comment, false))}
      </ol>
      ${
        list.complete
          ? nothing
          : html`<button
              class="button quiet"
              ?disabled=${list.next === undefined && !problem}
              @click=${this.more}
            >
              ${list.next === undefined ? msg('正在加载…', { id: 'feed.loading' }) : msg('更多评论', { id: 'feed.moreComments' })}
            </button>`
      }
      <div role="status">
        ${problem ? html`<p class="note bad">${sentenceOf(problem)}</p>` : nothing}
        ${
          removed
            ? html`<p class="note row">
                ${msg('评论已删除', { id: 'feed.commentRemoved' })}
                <button class="button quiet" @click=${this.restore}>
                  ${msg('撤销', { id: 'common.undo' })}
                </button>
              </p>`
            : nothing
        }
      </div>
      ${
        this.controller.may('diary.comment', this.diary.area.code)
          ? html`<form class="write" @submit=${this.send}>
              <label>
                <span class="sr">${msg('写评论', { id: 'feed.writeComment' })}</span>
                <textarea
                  class="field"
                  rows="1"
                  maxlength=${diaryLimits.comment}
                  placeholder=${msg('写评论…', { id: 'feed.commentHint' })}
                  .value=${text}
                  @input=${this.type}
                  @keydown=${this.key}
                  @compositionstart=${() => (this.composing = true)}
                  @compositionend=${() => (this.composing = false)}
                ></textarea>
                ${left < 100 ? html`<span class="small">${msg(str`还可以写 ${left} 字`, { id: 'feed.left' })}</span>` : nothing}
              </label>
              <button class="button" type="submit" ?disabled=${!text.trim() || sending}>
                ${sending ? msg('正在发送…', { id: 'feed.sending' }) : msg('发表', { id: 'feed.send' })}
              </button>
            </form>`
          : nothing
      }`
  }
}

define('mq-diary-comments', MqDiaryComments)
