import type { Client } from '@minqing/client'
import type { Diary } from '@minqing/core/wire'
import { html, render, type TemplateResult } from 'lit'
import { now } from '../internal/clock.ts'
import { concerns } from '../internal/connection.ts'
import { addStyles } from '../internal/lazy-styles.ts'
import { locale } from '../internal/localize.ts'
import { FeedController, type ControllerHost } from './controller.ts'
import { MqFeedFilterEvent, type FeedView } from './diary-feed.events.ts'
import type { MqDiaryFeed } from './diary-feed.ts'
import { wordsOf } from './model/filters.ts'
import type { SourceChange } from './model/source.ts'
import type { FeedPanel } from './panels/panel.ts'
import { card } from './view/card.ts'
import { cardStyles } from './view/card.styles.ts'
import { emptyFace, endFace, pill, staleNote, toast } from './view/faces.ts'
import { FeedWindow, type WindowHost } from './view/window.ts'

/** Diaries that arrive this fresh slide in. */
const freshMs = 10_000

/** What a card shows now. */
interface Drawn {
  diary: Diary
  stamp: number
  index: number
  size: number
}

/** What shows diaries in the shell of the element: joins the controller, the window and the cards. */
export class FeedBody implements ControllerHost, WindowHost {
  readonly controller: FeedController
  private readonly window: FeedWindow
  private words: string[] = []
  private now = new Date(now())
  private stamp = 0
  private look = ''
  private readonly drawn = new WeakMap<HTMLElement, Drawn>()
  /** Cards that left the page with something open in them: an unsent comment, an edit. */
  private readonly kept = new Map<string, HTMLElement>()
  private ticking?: ReturnType<typeof setInterval>

  constructor(
    readonly element: MqDiaryFeed,
    client: () => Promise<Client>,
  ) {
    addStyles(element, cardStyles)
    this.controller = new FeedController(this, client)
    const find = (name: string) => this.renderRoot.querySelector<HTMLElement>(name)!
    this.window = new FeedWindow(find('.above'), find('.list'), find('.below'), this)
  }

  get renderRoot() {
    return this.element.renderRoot
  }

  get pages() {
    return this.controller.source.pages
  }

  get loading(): boolean {
    return this.controller.source.loading
  }

  /** Shows the list that the element's properties name. Also called when the element is back in a page. */
  begin(): void {
    const { area, kind, tag, q, mine, author, date } = this.element
    this.words = wordsOf(q)
    if (!this.ticking) {
      this.ticking = setInterval(() => this.redraw(), 60_000)
      document.addEventListener('mq-diary-sent', this.sent)
      addEventListener('online', this.online)
      this.window.connect()
    }
    this.loadFilters()
    void this.controller.begin(area, { kind, tag, q, author: mine ? 'me' : author }, date || 'newest')
  }

  private loadFilters(): void {
    if (!this.element.noFilters) import('./panels/filters.ts').catch(() => undefined)
  }

  leave(): void {
    this.controller.rest()
    this.window.disconnect()
    clearInterval(this.ticking)
    this.ticking = undefined
    document.removeEventListener('mq-diary-sent', this.sent)
    removeEventListener('online', this.online)
  }

  /** Another person, or another server. */
  forget(): void {
    this.controller.forget()
    this.kept.clear()
  }

  reload(): void {
    void this.controller.source.restart()
  }

  /** Changes what is shown on a person's behalf, and tells the host. */
  choose(view: Partial<FeedView>): void {
    Object.assign(this.element, view)
    this.element.dispatchEvent(new MqFeedFilterEvent(this.element.view))
  }

  toTop(): void {
    this.window.toTop()
  }

  /** A card became taller or shorter. */
  resized(): void {
    this.window.request()
  }

  changed(change: SourceChange): void {
    const { arrival } = this.controller.source
    if (change === 'reset') this.window.clear()
    else if (arrival === 'top') this.window.toTop()
    else if (arrival === 'end') this.window.toEnd()
    else if (change === 'data') this.window.sync(!arrival)
    this.element.requestUpdate('view')
  }

  atTop(): boolean {
    return this.window.atTop
  }

  shown() {
    const { start, end, heightOf } = this.window
    return { from: start, to: end, heightOf }
  }

  /** Draws the cards again if the look or the language has changed. */
  adapt(surely: boolean): void {
    const look = `${locale()} ${this.element.elder}`
    if (surely || look !== this.look) this.redraw()
    this.look = look
  }

  redraw(id?: string): void {
    this.now = new Date(now())
    const one = id && this.window.card(id)
    if (one) this.drawn.delete(one)
    else {
      this.stamp++
      // What a panel offers depends on who is signed in, which may become known after it was opened.
      for (const panel of this.renderRoot.querySelectorAll<FeedPanel>('.panels > *')) panel.requestUpdate()
    }
    this.window.sync()
  }

  mount(diary: Diary): HTMLElement {
    const kept = this.kept.get(diary.id)
    if (kept) return kept
    const article = document.createElement('article')
    article.className = Math.abs(now() - Date.parse(diary.createdAt)) < freshMs ? 'card fresh' : 'card'
    article.id = diary.id
    article.tabIndex = 0
    article.setAttribute('part', 'card')
    article.setAttribute('aria-labelledby', `by-${diary.id} at-${diary.id}`)
    return article
  }

  place(article: HTMLElement, diary: Diary, index: number): boolean {
    const { source } = this.controller
    const size = source.hasOlder || source.hasNewer ? -1 : source.pages.length
    const { stamp } = this
    const drawn = this.drawn.get(article)
    this.drawn.set(article, { diary, stamp, index, size })
    if (drawn?.index !== index) article.setAttribute('aria-posinset', `${index + 1}`)
    if (drawn?.size !== size) article.setAttribute('aria-setsize', `${size}`)
    if (drawn?.diary === diary && drawn.stamp === stamp) return false
    this.draw(article, diary)
    return true
  }

  private draw(article: HTMLElement, diary: Diary): void {
    const { controller, element } = this
    const { id, area, acceptedAnswer } = diary
    if (acceptedAnswer && !controller.answers.has(acceptedAnswer)) {
      controller.answers.set(acceptedAnswer, undefined)
      import('./panels/answer.ts').then(
        ({ readAnswer }) => readAnswer(controller, diary),
        // Forgotten, so that the next drawing of the card tries again.
        () => controller.answers.delete(acceptedAnswer),
      )
    }
    const context = {
      now: this.now,
      words: this.words,
      // Characters are about as wide as the text is tall: 16 px, or 20 in elder mode; 34 are padding and borders.
      perLine: Math.max(8, (element.clientWidth - 34) / (element.elder ? 20 : 16)),
      own: controller.owns(diary),
      expanded: controller.expanded.has(id),
      marked: controller.marks.has(id),
      mayMark: controller.may('diary.markUseful', area.code),
      issue: controller.issues.get(id),
      mayForward: controller.may('issue.create', area.code),
      answer: acceptedAnswer ? controller.answers.get(acceptedAnswer) : undefined,
    }
    render(card(diary, context), article)
    for (const image of article.querySelectorAll<HTMLImageElement>('img[data-photo]:not([src])')) {
      void this.loadPhoto(image)
    }
  }

  private async loadPhoto(image: HTMLImageElement): Promise<void> {
    try {
      const { photos } = await this.controller.client()
      image.src = await photos.url(image.dataset['photo']!, 'thumb')
    } catch {
      // The room stays empty; the next drawing of the card tries again.
    }
  }

  unmount(article: HTMLElement, id: string): void {
    if (article.querySelector('.panels > *')) this.kept.set(id, article)
    else this.kept.delete(id)
    if (article.contains((this.renderRoot as ShadowRoot).activeElement)) {
      article.parentElement?.focus({ preventScroll: true })
    }
  }

  near(what: Parameters<WindowHost['near']>[0]): void {
    const { source } = this.controller
    if (what === 'older' || what === 'newer') void source[what]()
    else void source.refill(what)
  }

  private readonly online = (): void => {
    // What could not be loaded before.
    this.loadFilters()
    void this.controller.follow()
    if (this.controller.source.trouble) this.controller.retry()
  }

  /** A composer on the same page has sent a diary: it is seen at once, even while the stream is down. */
  private readonly sent = (told: Event): void => {
    const { diary } = told as Event & { diary?: Diary }
    if (!diary?.area.code.startsWith(this.element.area ?? '') || !concerns(this.element, told)) return
    const { id: diaryId, createdAt: at, area, author } = diary
    const event = { type: 'diary.created', area: area.code, at, actor: author.id, diaryId, diary } as const
    import('./model/live.ts').then(
      ({ apply }) => apply(this.controller, event),
      // Read with the list when it is there again.
      () => undefined,
    )
  }

  press(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>('[data-do]')
    if (!button) return
    import('./panels/actions.ts').then(
      ({ act }) => act(this, button),
      (problem: unknown) => this.controller.sayProblem(problem),
    )
  }

  /** Page Up and Page Down go from diary to diary, as screen reader users expect of a feed. */
  key(event: KeyboardEvent): void {
    const { key, target } = event
    if ((key !== 'PageDown' && key !== 'PageUp') || (target as Element).localName === 'textarea') return
    const article = (target as Element).closest('article')
    const next = key === 'PageDown' ? article?.nextElementSibling : article?.previousElementSibling
    if (!(next instanceof HTMLElement)) return
    event.preventDefault()
    next.focus()
  }

  above(): TemplateResult {
    return html`${staleNote(this.controller)} ${pill(this.controller)}`
  }

  end(): TemplateResult {
    const { controller } = this
    const any = this.pages.list.length > 0
    return html`${any ? endFace(controller) : emptyFace(controller)} ${toast(controller)}`
  }
}
