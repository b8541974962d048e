import type { Client } from '@minqing/client'
import { reportLimits, type Report, type ReportForm } from '@minqing/core/wire'
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit'
import { addStyles } from '../internal/lazy-styles.ts'
import { msg, str } from '../internal/localize.ts'
import type { PhotoHost, PhotoRow } from '../internal/photos/photo-row.ts'
import { codeOf, sentenceOf } from '../internal/problem-text.ts'
import { MqReportSentEvent } from './issue-report.events.ts'
import type { MqIssueReport } from './issue-report.ts'
import { Desk } from './model/desk.ts'
import { emptyDraft, isBlank, toContent, type ReportDraft } from './model/draft.ts'
import { doneView } from './view/done.ts'
import { fieldsView } from './view/fields.ts'
import { formStyles } from './view/form.styles.ts'
import { refusalOf, startProblem } from './view/problems.ts'
import { statusView, type Status } from './view/status.ts'

const saveDelayMs = 400

const phoneShape = /^[0-9+*() -]{3,20}$/

/** What stands behind the text field: the other fields, the draft, the sending, the receipt. */
export class ReportBody implements PhotoHost {
  draft: ReportDraft = emptyDraft()
  /** What can be chosen, from the area given down: one for each level. */
  forms: ReportForm[] = []
  /** The server has not yet been heard about what can be chosen, nor has it been found out of reach. */
  isWaitingForForms = true
  isSending = false
  /** Sent bytes of the photos, 0 to 1. */
  progress?: number | undefined
  report?: Report
  photos?: PhotoRow | undefined
  private desk?: Desk
  private opening?: Promise<boolean> | undefined
  private said?: Status | undefined
  private problem?: unknown
  private saveTimer?: ReturnType<typeof setTimeout> | undefined
  private ended = false

  constructor(
    readonly element: MqIssueReport,
    private readonly client: () => Promise<Client>,
  ) {
    addStyles(element, formStyles)
  }

  // What photos and files need of a form.
  get renderRoot() {
    return this.element.renderRoot
  }
  get updateComplete() {
    return this.element.updateComplete
  }
  addController(controller: ReactiveController): void {
    this.element.addController(controller)
  }
  removeController(controller: ReactiveController): void {
    this.element.removeController(controller)
  }
  requestUpdate(): void {
    this.element.requestUpdate()
  }

  begin(): void {
    document.addEventListener('visibilitychange', this.saveNow)
    addEventListener('pagehide', this.saveNow)
    addEventListener('online', this.online)
    void this.open()
  }

  end(): void {
    this.saveNow()
    this.ended = true
    document.removeEventListener('visibilitychange', this.saveNow)
    removeEventListener('pagehide', this.saveNow)
    removeEventListener('online', this.online)
    this.desk?.close()
  }

  /**
   * Gets everything that is still missing: one at a time, and one desk, since a second would be given the place of
   * another draft.
   *
   * @returns whether a draft was brought back
   */
  private open(): Promise<boolean> {
    this.opening ??= this.prepare().finally(() => (this.opening = undefined))
    return this.opening
  }

  private async prepare(): Promise<boolean> {
    let isBack = false
    this.problem = undefined
    try {
      if (!this.desk) isBack = await this.takeDesk()
      await this.readForms()
    } catch (error) {
      this.problem = error
    }
    this.isWaitingForForms = false
    this.requestUpdate()
    return isBack
  }

  /** Learns who reports and brings their draft back, beside what has been typed in the meantime. */
  private async takeDesk(): Promise<boolean> {
    const { anonymous, area } = this.element
    const desk = await Desk.open(await this.client(), anonymous, area)
    const tell = (error: unknown) => this.say(sentenceOf(error), { bad: true })
    const stored = this.ended ? undefined : await desk.restore().catch(tell)
    if (this.ended) {
      desk.close()
      return false
    }
    this.desk = desk
    const typed = this.element.text
    if (!stored || isBlank(stored)) {
      if (typed) this.change({ text: typed })
      return false
    }
    this.fill({ ...stored, text: [stored.text, typed].filter((text) => text.trim()).join('\n') })
    const text = this.isSending
      ? msg('已恢复上次没有提交的内容，请核对后再提交', { id: 'report.restored.check' })
      : msg('已恢复上次没有提交的内容', { id: 'report.restored' })
    this.say(text, { action: msg('清空', { id: 'report.clear' }), undo: () => this.clear() })
    return true
  }

  /** What can be chosen here and below; without it the form works as well, with less to choose. */
  private async readForms(): Promise<void> {
    const { desk } = this
    if (!desk) return
    const wanted = [desk.area, ...this.draft.areas]
    try {
      const forms = await Promise.all(wanted.map((area) => desk.form(area)))
      if (JSON.stringify(wanted) === JSON.stringify([desk.area, ...this.draft.areas])) this.forms = forms
      if (desk.isAnonymous && forms[0] && !forms[0].anonymous) this.problem = { code: 'anonymous_refused' }
    } catch (error) {
      if (codeOf(error) === 'area_not_found' && wanted.length > 1) this.change({ areas: [] })
      else if (codeOf(error) !== 'offline' && codeOf(error) !== 'timeout') this.problem = error
    }
    this.requestUpdate()
  }

  /** Takes a choice of the level; those below it are open again. */
  chooseArea(level: number, code: string): void {
    const areas = this.draft.areas.slice(0, level)
    if (code) areas.push(code)
    this.change({ areas })
    this.forms = this.forms.slice(0, level + 1)
    void this.readForms()
  }

  change(part: Partial<ReportDraft>): void {
    this.draft = { ...this.draft, ...part }
    clearTimeout(this.saveTimer)
    this.saveTimer = setTimeout(this.saveNow, saveDelayMs)
    this.requestUpdate()
  }

  typed(text: string): void {
    this.change({ text })
  }

  private readonly saveNow = (): void => {
    const { desk, draft } = this
    if (!this.saveTimer || !desk || this.isSending || this.report) return
    clearTimeout(this.saveTimer)
    this.saveTimer = undefined
    draft.id ??= desk.newId()
    const saved = isBlank(draft) && !draft.tried ? desk.forget() : desk.save(draft)
    saved.catch(() => {
      this.say(msg('内容没有保存在本机，请勿关闭页面', { id: 'report.unsaved' }), { bad: true })
    })
  }

  private fill(draft: ReportDraft): void {
    this.draft = { ...emptyDraft(), ...draft }
    this.element.write(draft.text)
    if (draft.photos.length) void this.loadPhotos()
    this.requestUpdate()
  }

  private clear(): void {
    const before = this.draft
    this.fill(emptyDraft())
    this.change({})
    this.say(msg('已清空', { id: 'report.cleared' }), {
      undo: () => {
        this.fill(before)
        this.change({})
      },
    })
  }

  private async loadPhotos(): Promise<PhotoRow> {
    const { PhotoRow } = await import('../internal/photos/photo-row.ts')
    this.photos ??= new PhotoRow(this, reportLimits.photos)
    this.requestUpdate()
    return this.photos
  }

  async addPhotos(files: readonly File[]): Promise<void> {
    try {
      await (await this.loadPhotos()).add(files)
    } catch (error) {
      this.say(sentenceOf(error), { bad: true })
    }
  }

  /** Says something below the form, and to screen readers. */
  say(text: string, how: Omit<Status, 'text'> = {}): void {
    this.said = { text, ...how }
    this.requestUpdate()
  }

  private readonly online = (): void => {
    const { desk, problem, forms, said } = this
    if (!forms.length || problem) void this.open()
    if (desk && !problem && said?.waits) this.say(msg('网络已恢复，请再次提交', { id: 'report.online' }))
  }

  /** What the form itself needs before it can be sent; puts the caret there. */
  private missing(): boolean {
    const { text, phone } = this.draft
    const length = text.trim().length
    const over = length - reportLimits.text
    const wrong = !length
      ? msg('请先写下发生了什么', { id: 'report.blank' })
      : over > 0
        ? msg(str`超出 ${over} 字`, { id: 'report.over' })
        : undefined
    if (wrong) {
      this.say(wrong, { bad: true })
      this.element.focus()
      return true
    }
    if (!phone.trim() || phoneShape.test(phone.trim())) return false
    this.say(msg('电话号码只能有数字、空格和 + - ( )', { id: 'report.phone.wrong' }), { bad: true })
    this.renderRoot.querySelector<HTMLElement>('#phone')?.focus()
    return true
  }

  /** Sends what is in the form. When it fails, the form still has everything and says why. */
  async submit(): Promise<void> {
    if (this.isSending) return
    this.draft = { ...this.draft, text: this.element.text }
    if (this.missing()) return
    this.isSending = true
    this.said = undefined
    this.requestUpdate()
    try {
      await this.photos?.settled()
      const isBack = !this.desk && (await this.open())
      if (!this.desk) throw this.problem
      // What was brought back just now nobody has looked at.
      if (!isBack) await this.send(this.desk)
    } catch (error) {
      const { text, waits } = refusalOf(error)
      this.say(text, { bad: true, ...(waits && { waits }) })
      if (codeOf(error) === 'category_unknown') this.change({ category: '' })
    } finally {
      this.isSending = false
      this.progress = undefined
      this.requestUpdate()
    }
  }

  private async send(desk: Desk): Promise<void> {
    const draft = { ...this.draft, id: this.draft.id ?? desk.newId() }
    this.draft = draft
    const content = toContent(draft, draft.id, desk.area)
    const same = (other: object) => JSON.stringify(other) === JSON.stringify(content)
    const before = (draft.tried ?? []).filter((one) => !same(one))
    const keep = (tried: typeof before) => {
      this.draft = { ...draft, tried: tried.length ? tried : undefined }
      return desk.save(this.draft).catch(() => undefined)
    }
    try {
      const sent = await desk.send(
        { ...draft, tried: before },
        () => keep([...before, content]),
        (fraction) => {
          this.progress = fraction
          this.requestUpdate()
        },
      )
      await this.sent(desk, sent.report, sent.isEarlier)
    } catch (error) {
      if (!desk.mayHaveArrived(error)) void keep(before)
      throw error
    }
  }

  private async sent(desk: Desk, report: Report, isEarlier: boolean): Promise<void> {
    clearTimeout(this.saveTimer)
    this.saveTimer = undefined
    this.report = report
    await desk.forget().catch(() => undefined)
    if (isEarlier)
      this.said = {
        text: msg('先前提交的内容已经收到；后来的修改没有一并送达，需要时请另外提交', {
          id: 'report.earlier',
        }),
      }
    this.element.dispatchEvent(new MqReportSentEvent(report))
    void import('../define/mq-issue-status.ts')
    this.requestUpdate()
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
  }

  /** Begins a new one. */
  readonly anew = (): void => {
    delete this.report
    this.said = undefined
    this.photos = undefined
    this.draft = emptyDraft()
    this.requestUpdate()
    void this.updateComplete.then(() => {
      this.element.write('')
      this.element.focus()
    })
  }

  get isDone(): boolean {
    return this.report !== undefined
  }

  fields(): TemplateResult {
    return fieldsView(this)
  }

  done(): TemplateResult {
    return html`${doneView(this, this.report!)} ${this.said ? this.status() : nothing}`
  }

  status(): TemplateResult {
    const face = this.problem ? startProblem(this.problem, () => void this.open()) : nothing
    return html`${face}${statusView(this.said, this.isSending ? this.progress : undefined, () => {
      this.said = undefined
      this.requestUpdate()
    })}`
  }
}
