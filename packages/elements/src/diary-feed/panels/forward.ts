import { newId } from '@minqing/client'
import { countyOf, issueLimits, type Category, type Issue } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import { define } from '../../internal/define.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg, str } from '../../internal/localize.ts'
import { sentenceOf } from '../../internal/problem-text.ts'
import { MqDiaryForwardEvent } from '../../internal/issue-events.ts'
import { forwardStyles } from './forward.styles.ts'
import { FeedPanel } from './panel.ts'

const phoneShape = /^[0-9+*() -]{3,20}$/

/** 转为事项: one more tap makes an issue of the diary; everything else in here may be left out. */
export class DiaryForward extends FeedPanel {
  @state() private isSolved = false
  @state() private categories: readonly Category[] = []
  @state() private busy = false
  @state() private problem = ''
  /** From the start, so that a repeated send is still one issue. */
  private readonly issueId = newId()

  override connectedCallback(): void {
    super.connectedCallback()
    addStyles(this.feed, forwardStyles)
    void this.readCategories()
  }

  /** Without them the center finds the category, as it does when none is chosen. */
  private async readCategories(): Promise<void> {
    if (this.categories.length) return
    try {
      const { catalogue } = await this.controller.client()
      const { items } = await catalogue.categories({ county: countyOf(this.diary.area.code) })
      this.categories = items.filter(({ parent, active }) => active && !parent)
    } catch {
      // Asked again when the panel is opened next time.
    }
  }

  private typedIn(name: string): string | undefined {
    const field = this.querySelector<HTMLInputElement>(`[name=${name}]`)
    return field?.value.trim() || undefined
  }

  private refuse(text: string, name: string): undefined {
    this.problem = text
    this.querySelector<HTMLElement>(`[name=${name}]`)?.focus()
    return undefined
  }

  /** What goes to the server; nothing when a field needs something. */
  private input() {
    const [category, name, phone, solved] = ['category', 'name', 'phone', 'solved'].map((field) =>
      this.typedIn(field),
    )
    if (this.isSolved && !solved)
      return this.refuse(msg('请写一句怎样解决的', { id: 'forward.solved.missing' }), 'solved')
    if (phone && !phoneShape.test(phone))
      return this.refuse(msg('电话号码只能有数字、空格和 + - ( )', { id: 'forward.phone.wrong' }), 'phone')
    if (phone && !name) return this.refuse(msg('请写下群众的称呼', { id: 'forward.name.missing' }), 'name')
    return {
      id: this.issueId,
      diary: this.diary.id,
      ...(category && { category }),
      ...(name && { resident: { name, ...(phone && { phone }) } }),
      ...(this.isSolved && solved && { solved }),
    }
  }

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const input = this.busy ? undefined : this.input()
    if (!input) return
    this.busy = true
    this.problem = ''
    try {
      const { issues } = await this.controller.client()
      this.done(await issues.create(input))
    } catch (problem) {
      this.problem = sentenceOf(problem)
      // A colleague was quicker: the card says so.
      if ((problem as { code?: string }).code === 'diary_forwarded')
        void this.controller.readIssues([this.diary])
    }
    this.busy = false
  }

  private done(issue: Issue): void {
    const { controller, diary, feed } = this
    const { id, number, state } = issue
    controller.issues.set(diary.id, { diary: diary.id, issue: id, number, state })
    this.leave()
    controller.host.redraw(diary.id)
    feed.element.dispatchEvent(new MqDiaryForwardEvent(diary.id, issue))
    controller.say({
      text: msg(str`已转为事项 ${number}`, { id: 'forward.done' }),
      ...(state === 'submitted' && { undo: () => void this.withdraw(issue) }),
    })
  }

  /** Possible until the center has taken it on. */
  private async withdraw({ id, version }: Issue): Promise<void> {
    const { controller, diary } = this
    try {
      const { issues } = await controller.client()
      await issues.withdraw({ id }, { version })
      controller.say({ text: msg('已撤回事项', { id: 'forward.withdrawn' }) })
    } catch (problem) {
      controller.sayProblem(problem)
    }
    void controller.readIssues([diary])
  }

  private more(): TemplateResult {
    return html`<details>
      <summary>${msg('补充类别、群众联系方式（可不填）', { id: 'forward.more' })}</summary>
      <div class="grid">
        <label
          >${msg('类别', { id: 'forward.category' })}
          <select class="field" name="category">
            <option value="">${msg('由受理中心确定', { id: 'forward.category.none' })}</option>
            ${this.categories.map(({ code, name }) => html`<option value=${code}>${name}</option>`)}
          </select>
        </label>
        <label
          >${msg('群众称呼', { id: 'forward.name' })}
          <input class="field" name="name" autocomplete="off" maxlength=${issueLimits.residentName} />
        </label>
        <label
          >${msg('群众电话', { id: 'forward.phone' })}
          <input
            class="field"
            name="phone"
            type="tel"
            autocomplete="off"
            maxlength=${issueLimits.residentPhone}
          />
        </label>
      </div>
    </details>`
  }

  protected override render() {
    return html`<form class="forward" novalidate @submit=${this.submit}>
      <h4>${msg('转为事项', { id: 'forward.begin' })}</h4>
      <p>${msg('交受理中心派单办理。文字、照片、地点一并带去，不用重填。', { id: 'forward.explained' })}</p>
      <label class="solved"
        ><input
          type="checkbox"
          .checked=${this.isSolved}
          @change=${(event: Event) => (this.isSolved = (event.target as HTMLInputElement).checked)}
        />${msg('当场已解决', { id: 'forward.solved' })}</label
      >
      ${
        this.isSolved
          ? html`<textarea
              class="field"
              name="solved"
              rows="2"
              maxlength=${issueLimits.answer}
              aria-label=${msg('怎样解决的', { id: 'forward.solved.how' })}
              placeholder=${msg('怎样解决的', { id: 'forward.solved.how' })}
            ></textarea>`
          : nothing
      }
      ${this.more()}
      <p class="note bad" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
      <p class="row end">
        <button type="button" class="button quiet" @click=${() => this.leave()}>
          ${msg('取消', { id: 'common.cancel' })}
        </button>
        <button class="button confirm" aria-disabled=${this.busy}>
          ${msg('确认上报', { id: 'forward.confirm' })}
        </button>
      </p>
    </form>`
  }

  /** The button that confirms: one more press is all that it takes. */
  override focusFirst(): void {
    this.querySelector<HTMLElement>('.confirm')?.focus({ preventScroll: true })
  }
}

define('mq-diary-forward', DiaryForward)
