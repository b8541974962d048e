import { diaryLimits } from '@minqing/core/wire'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { now } from '../../internal/clock.ts'
import { define } from '../../internal/define.ts'
import { kindNames } from '../../internal/kinds.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg, str, updateWhenLocaleChanges } from '../../internal/localize.ts'
import type { FeedBody } from '../body.ts'
import type { FeedView } from '../diary-feed.events.ts'
import { dayOf } from '../../internal/time.ts'
import { filterStyles } from './filters.styles.ts'

/**
 * Search, filters and the jump to a day, above the feed.
 *
 * @internal
 */
export class MqFeedFilters extends LitElement {
  /** @internal */
  @property({ attribute: false }) feed?: FeedBody
  /** What is chosen now. */
  @property({ attribute: false }) view: FeedView = {}

  @state() private open = false

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addStyles({ renderRoot: this.getRootNode() as ShadowRoot }, filterStyles)
  }

  private choose(choice: Partial<FeedView>): void {
    this.feed?.choose(choice)
  }

  private search(event: Event): void {
    event.preventDefault()
    const q = this.querySelector<HTMLInputElement>('input[type=search]')!.value.trim()
    this.choose({ q: q || undefined })
  }

  /** The cross of a search field and an emptied field take the search back at once. */
  private emptied({ target }: Event): void {
    if (!(target as HTMLInputElement).value && this.view.q) this.choose({ q: undefined })
  }

  private jump({ target }: Event): void {
    const { value, validity } = target as HTMLInputElement
    if (validity.valid) this.choose({ date: value || undefined })
  }

  /** Names of what is chosen, each with what takes it away. */
  private chips(): [name: string, without: Partial<FeedView>][] {
    const { kind, tag, author, mine, q, date } = this.view
    const chips: [string, Partial<FeedView>][] = []
    if (kind) chips.push([kindNames().find(([word]) => word === kind)?.[1] ?? kind, { kind: undefined }])
    if (mine) chips.push([msg('我的日记', { id: 'feed.mine' }), { mine: false }])
    if (tag) chips.push([`#${tag}`, { tag: undefined }])
    if (author && !mine) chips.push([this.feed?.controller.nameOf(author) ?? author, { author: undefined }])
    if (q) chips.push([msg(str`搜索“${q}”`, { id: 'feed.searched' }), { q: undefined }])
    if (date === 'oldest') chips.push([msg('从最早开始', { id: 'feed.fromOldest' }), { date: undefined }])
    else if (date) chips.push([msg(str`${date} 及以前`, { id: 'feed.until' }), { date: undefined }])
    return chips
  }

  private panel(): TemplateResult {
    const { kind, mine = false, date } = this.view
    const choice = (name: string, on: boolean, pick: Partial<FeedView>) =>
      html`<button class="button chip" part="filter" aria-pressed=${on} @click=${() => this.choose(pick)}>
        ${name}
      </button>`
    return html`<div id="filters" class="filters card">
      <div class="row" role="group" aria-label=${msg('类型', { id: 'feed.kinds' })}>
        ${choice(msg('全部', { id: 'feed.all' }), !kind, { kind: undefined })}
        ${kindNames().map(([word, name]) => choice(name, kind === word, { kind: word }))}
      </div>
      <div class="row">
        ${choice(msg('我的日记', { id: 'feed.mine' }), mine, { mine: !mine, author: undefined })}
        <label class="row">
          ${msg('跳到日期', { id: 'feed.jump' })}
          <input
            class="field"
            type="date"
            max=${dayOf(new Date(now()))}
            .value=${date && date !== 'oldest' ? date : ''}
            @change=${this.jump}
          />
        </label>
        ${choice(msg('最新', { id: 'feed.newest' }), !date, { date: undefined })}
        ${choice(msg('最早', { id: 'feed.oldest' }), date === 'oldest', { date: 'oldest' })}
      </div>
    </div>`
  }

  protected override updated(_changed: PropertyValues): void {
    this.feed?.resized()
  }

  protected override render(): TemplateResult {
    const { open } = this
    const chips = this.chips()
    return html`<form class="search" role="search" @submit=${this.search}>
        <input
          class="field"
          type="search"
          part="search"
          maxlength=${diaryLimits.query}
          aria-label=${msg('搜索日记', { id: 'feed.search' })}
          placeholder=${msg('搜索日记', { id: 'feed.search' })}
          .value=${this.view.q ?? ''}
          @input=${this.emptied}
        />
        <button class="button" type="submit">${msg('搜索', { id: 'feed.doSearch' })}</button>
        <button
          class="button quiet"
          type="button"
          aria-expanded=${open}
          aria-controls="filters"
          @click=${() => (this.open = !open)}
        >
          ${msg('筛选', { id: 'feed.filter' })}
        </button>
      </form>
      ${open ? this.panel() : nothing}
      ${
        chips.length
          ? html`<ul class="chosen" aria-label=${msg('已选条件', { id: 'feed.chosen' })}>
              ${chips.map(
                ([name, without]) =>
                  html`<li>
                    <button
                      class="button chip"
                      part="chip"
                      aria-label=${msg(str`取消条件：${name}`, { id: 'feed.without' })}
                      @click=${() => this.choose(without)}
                    >
                      ${name} <span aria-hidden="true">×</span>
                    </button>
                  </li>`,
              )}
            </ul>`
          : nothing
      }`
  }
}

define('mq-feed-filters', MqFeedFilters)
