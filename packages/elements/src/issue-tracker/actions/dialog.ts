import { newId } from '@minqing/client'
import type { Issue, IssueEvent } from '@minqing/core'
import { LitElement, html, nothing, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { define } from '../../internal/define.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg, str, updateWhenLocaleChanges } from '../../internal/localize.ts'
import { codeOf, sentenceOf } from '../../internal/problem-text.ts'
import type { TrackerBody } from '../body.ts'
import { MqIssueChangeEvent } from '../issue-tracker.events.ts'
import { actionsOf } from '../model/access.ts'
import { isAway } from '../model/controller.ts'
import { sentence } from '../view/sentences.ts'
import { MqWorkDay } from './day-field.ts'
import { MqIssuePhotos } from './photos-field.ts'
import { actionOf, deedsFor, type Deed } from './deeds.ts'
import { dialogStyles } from './dialog.styles.ts'
import { draftOf, type Draft } from './drafts.ts'
import { fieldView } from './field-views.ts'
import { fieldStyles } from './fields.styles.ts'
import type { IssueChoice, PhotoValue, Values } from './fields.ts'
import { bodyOf, check } from './form.ts'
import { contextOf, send } from './send.ts'

/** What takes the focus within a part of the form. Not with :is(): the floor is Chromium 86. */
const focusable = (within: string): string =>
  ['textarea', 'select', 'input:not([hidden])', 'button'].map((name) => `${within} ${name}`).join()

/**
 * The form of one action, in a modal dialog. Whatever goes wrong, what was filled in stays.
 *
 * @internal
 */
export class MqIssueDialog extends LitElement {
  /** @internal */
  @property({ attribute: false }) body!: TrackerBody
  @property({ attribute: false }) deed!: Deed
  /** Called when it has been sent, or is safe on this device. */
  @property({ attribute: false }) sent?: (() => unknown) | undefined
  /** The issue as the person has seen it. */
  @property({ attribute: false }) issue!: Issue

  @state() values: Values = {}
  @state() problems = new Map<string, string>()
  @state() found: IssueChoice[] = []
  @state() finding = false
  @state() private busy = ''
  @state() private problem = ''
  /** What others did meanwhile, in sentences. */
  @state() private meanwhile: string[] = []
  @state() private isPossible = true

  /** Names this sending: a repeated one is done once. */
  private key = newId()
  private cameFrom?: HTMLElement | null
  private draft?: Draft

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  get controller() {
    return this.body.controller
  }

  private get context() {
    return contextOf(this.controller, this.deed, this.issue)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addStyles(this.body, fieldStyles)
    addStyles(this.body, dialogStyles)
    void this.controller.readCatalogue()
    if (!this.draft) {
      this.draft = draftOf(this.controller, this.issue, this.deed)
      this.values = { ...this.draft.read(), ...this.values }
      this.cameFrom = (this.getRootNode() as ShadowRoot).activeElement as HTMLElement | null
    } else if (this.hasUpdated) this.show()
  }

  private get dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!
  }

  /** Also when the host has moved the widget: a dialog that was taken out of the page is modal no more. */
  private show(): void {
    const { dialog } = this
    dialog.removeAttribute('open')
    // Where dialogs are not known it is at least there, with its name and its buttons.
    if (dialog.showModal) dialog.showModal()
    else dialog.setAttribute('open', '')
  }

  protected override firstUpdated(): void {
    const { dialog } = this
    this.show()
    const first = dialog.querySelector<HTMLElement>(focusable('.question'))
    ;(first ?? dialog.querySelector<HTMLElement>('[type=submit]'))?.focus()
  }

  set(name: string, value: unknown): void {
    this.values = { ...this.values, [name]: value }
    this.draft?.write(this.values)
    // Something else is sent now.
    this.key = newId()
    if (this.problems.has(name)) {
      this.problems = new Map([...this.problems].filter(([field]) => field !== name))
    }
  }

  /** Finds issues to merge into. */
  async find(text: string): Promise<void> {
    const q = text.trim()
    if (!q) return
    this.finding = true
    try {
      const { issues } = await this.controller.client()
      const { items } = await issues
        .list({ area: this.issue.area.code.slice(0, 6), state: 'open', q, limit: 10 })
        .page()
      this.found = items.filter(({ id }) => id !== this.issue.id)
      this.problem = ''
    } catch (problem) {
      this.problem = sentenceOf(problem)
    }
    this.finding = false
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault()
    void this.act()
  }

  private async act(): Promise<void> {
    if (this.busy || !this.isPossible) return
    const { context, deed, values, controller } = this
    this.problems = check(deed.fields(context), values, controller.calendar, Date.now())
    this.problem = ''
    if (this.problems.size) {
      await this.updateComplete
      const [name] = this.problems.keys()
      this.querySelector<HTMLElement>(focusable(`[data-field="${name}"]`))?.focus()
      return
    }
    this.busy = msg('正在提交…', { id: 'action.sending' })
    try {
      if (deed.operation === 'addProgress' && (await this.keepNote())) return this.done()
      const issue = await send(controller, deed, context, values, this.key, (at, of) => {
        this.busy =
          at < of
            ? msg(str`正在上传照片 ${at + 1} / ${of}…`, { id: 'action.uploading' })
            : msg('正在提交…', { id: 'action.sending' })
      })
      const action = actionOf(deed, controller.me ? actionsOf(this.issue, controller.me) : [], values)
      controller.take(issue)
      if (controller.opened?.id === issue.id) void controller.readOpened(controller.opened)
      this.body.element.dispatchEvent(new MqIssueChangeEvent(issue, action))
      controller.say({ text: msg(str`${deed.name(this.issue)}：已完成`, { id: 'action.done' }) })
      this.done()
    } catch (problem) {
      await this.fail(problem)
    } finally {
      this.busy = ''
    }
  }

  /** A progress note goes by the queue on this device; without storage it is sent like everything else. */
  private async keepNote(): Promise<boolean> {
    const { context, deed, values, issue, controller } = this
    const { notes } = await controller.client()
    const { photos: _, ...said } = bodyOf(deed, context, values) as { note: string; photos?: string[] }
    try {
      await notes.enqueue(
        { issue: issue.id, area: issue.area.code, ...said },
        (values['photos'] as PhotoValue[] | undefined) ?? [],
      )
    } catch (problem) {
      const code = codeOf(problem)
      if (code === 'storage_unavailable' || code === 'entry_locked') return false
      throw problem
    }
    controller.say({
      text: controller.isOffline
        ? msg('办理反馈已保存在本机，联网后自动送达', { id: 'action.kept' })
        : msg('办理反馈已保存，正在送达', { id: 'action.keptSending' }),
    })
    return true
  }

  private async fail(problem: unknown): Promise<void> {
    // It was closed while it was being sent: the person hears of it all the same, and finds the draft again.
    if (!this.isConnected) return this.controller.sayProblem(problem)
    const code = codeOf(problem)
    if (code === 'version_conflict' || code === 'action_unavailable') await this.reload()
    else
      this.problem = isAway(problem)
        ? msg('没有送达：网络或服务器不可用。填写的内容还在，请稍后再提交。', { id: 'action.notSent' })
        : sentenceOf(problem)
    if (code === 'id_taken' || code === 'idempotency_mismatch') this.key = newId()
    await this.updateComplete
    this.querySelector<HTMLElement>('[role=alert]')?.scrollIntoView({ block: 'nearest' })
  }

  /** Somebody was quicker: shows the issue as it now is, keeps what was filled in, and says what happened. */
  private async reload(): Promise<void> {
    const { controller, deed } = this
    const { id, version } = this.issue
    try {
      const { issues } = await controller.client()
      const [issue, { items }] = await Promise.all([issues.get({ id }), issues.timeline({ id })])
      this.meanwhile = items
        .filter(({ seq }) => seq > version)
        .map((event: IssueEvent) => `${event.actor.name}：${sentence(event)}`)
      this.issue = issue
      this.key = newId()
      controller.take(issue)
      if (controller.opened?.id === id) controller.opened.events = items
      this.isPossible = Boolean(controller.me && deedsFor(actionsOf(issue, controller.me)).includes(deed))
      this.problem = this.isPossible
        ? msg('事项刚刚有了变化，您填写的内容还在。请核对后再次提交。', { id: 'action.conflict' })
        : msg('事项刚刚有了变化，这一步已经不能进行。', { id: 'action.overtaken' })
    } catch (problem) {
      this.problem = sentenceOf(problem)
    }
  }

  private done(): void {
    this.draft?.forget()
    this.sent?.()
    this.busy = ''
    this.dialog.close?.()
    this.closed()
  }

  private readonly cancel = (): void => {
    this.dialog.close?.()
    // its own event comes later: until then the next action would find this form
    this.closed()
  }

  private readonly closed = (): void => {
    if (!this.isConnected) return
    this.remove()
    const { cameFrom } = this
    // The button may be gone with what it did: then the heading of the issue is where one goes on.
    const target = cameFrom?.isConnected
      ? cameFrom
      : this.body.renderRoot.querySelector<HTMLElement>('.detail h2')
    target?.focus({ preventScroll: true })
  }

  protected override render(): TemplateResult {
    const { deed, issue, busy, problem, meanwhile, isPossible } = this
    const name = deed.name(issue)
    return html`<dialog
      class="dialog"
      part="dialog"
      aria-labelledby="dialog-name"
      aria-modal="true"
      @close=${this.closed}
    >
      <form method="dialog" novalidate aria-busy=${busy ? 'true' : 'false'} @submit=${this.submit}>
        <header>
          <h2 id="dialog-name">${name}</h2>
          <p class="small">${issue.number} · ${issue.title}</p>
        </header>
        <div class="questions">
          ${deed.hint ? html`<p class=${deed.isGrave ? 'note warn' : 'note'}>${deed.hint()}</p>` : nothing}
          ${deed.fields(this.context).map((field) => fieldView(field, this))}
          ${
            problem
              ? html`<div class="note bad" role="alert">
                  <p>${problem}</p>
                  ${
                    meanwhile.length
                      ? html`<ul>
                          ${meanwhile.map((line) => html`<li>${line}</li>`)}
                        </ul>`
                      : nothing
                  }
                </div>`
              : nothing
          }
        </div>
        <footer>
          <span class="small" role="status">${busy}</span>
          <button type="button" class="button quiet" @click=${this.cancel}>
            ${msg('取消', { id: 'common.cancel' })}
          </button>
          <button
            class=${deed.isGrave ? 'button grave' : 'button'}
            type="submit"
            aria-disabled=${busy || !isPossible ? 'true' : 'false'}
          >
            ${deed.isGrave ? msg(str`确认${name}`, { id: 'action.confirm' }) : msg(str`提交${name}`, { id: 'action.submit' })}
          </button>
        </footer>
      </form>
    </dialog>`
  }
}

// By their names: a bundler leaves out a module of which nothing is used.
define('mq-work-day', MqWorkDay)
define('mq-issue-photos', MqIssuePhotos)
define('mq-issue-dialog', MqIssueDialog)

/**
 * Opens the form of an action, unless one is open.
 *
 * @param values fill it in ahead, as a suggestion does
 * @param sent called when it has been sent, or is safe on this device
 */
export function openDialog(
  body: TrackerBody,
  deed: Deed,
  issue: Issue,
  values: Values = {},
  sent?: () => unknown,
): void {
  const earlier = body.renderRoot.querySelector('mq-issue-dialog')
  if (earlier?.querySelector('dialog[open]') || (earlier && !(earlier as MqIssueDialog).hasUpdated)) return
  earlier?.remove()
  const dialog = document.createElement('mq-issue-dialog') as MqIssueDialog
  Object.assign(dialog, { body, deed, issue, values, sent })
  body.renderRoot.append(dialog)
}
