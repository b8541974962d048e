import type { Client, OutboxEntry, OutboxState, ProblemData } from '@minqing/client'
import { isMinqingError } from '@minqing/client'
import { diaryLimits, type Diary, type Issue } from '@minqing/core/wire'
import { html } from 'lit'
import { isClockOff } from '../../internal/clock.ts'
import { MqDiaryForwardEvent } from '../../internal/issue-events.ts'
import { msg, str } from '../../internal/localize.ts'
import { sentenceOf } from '../../internal/problem-text.ts'
import { MqDiaryParkedEvent, MqDiaryQueuedEvent, MqDiarySentEvent } from '../diary-composer.events.ts'
import { offerDictation } from '../dictation/offer.ts'
import { takeDrops } from '../drops.ts'
import type { ComposerHost } from '../panels/panel.ts'
import type { PanelName } from '../panels/panels.ts'
import { areaView } from '../panels/area.view.ts'
import { forwardView } from '../panels/forward.view.ts'
import { Desk } from './desk.ts'
import { isBlank, type Draft } from './draft.ts'
import { join } from './draft-use.ts'
import { guardLeaving } from '../../internal/drafts/leaving.ts'
import { watchOutbox } from './outbox-watch.ts'

/** What goes on between the form and the desk: drafts come back and are kept, diaries go out, refused ones return. */
export class Flow {
  private readonly form: ComposerHost
  private readonly desk: Desk
  private readonly stored: Draft | undefined
  private stopWatching?: () => void
  private stopOffering?: () => void
  private stopDrops?: () => void
  /** The diary of which was said that it is being sent. */
  private sending?: string | undefined
  /** Ends the asking before the page is left; there while what is in the form is nowhere else. */
  private unguard?: (() => void) | undefined
  private isOver = false
  /** What is still to be made ahead; what can best be missed goes first. */
  private readonly later: PanelName[] = ['visited', 'place', 'waiting', 'photos']
  /** Something was brought back while the diary was being published: nobody has looked at it. */
  private isUnseen = false

  private constructor(form: ComposerHost, desk: Desk, stored: Draft | undefined) {
    this.form = form
    this.desk = desk
    this.stored = stored
  }

  /** Finds out who writes, where, and what they left unfinished; changes nothing on the screen yet. */
  static async open(form: ComposerHost, mq: Client, area: string | undefined): Promise<Flow> {
    const desk = await Desk.open(mq, area)
    try {
      return new Flow(form, desk, await desk.restore())
    } catch (error) {
      // A draft that cannot be opened is told of, and left where it is.
      if (isMinqingError(error)) form.say(sentenceOf(error), { bad: true })
      return new Flow(form, desk, undefined)
    }
  }

  /** Brings the draft back, beside what has been typed in the meantime, and begins to watch the outbox. */
  begin(): void {
    const { form, stored, desk } = this
    const typed = form.draft
    if (stored && !isBlank(stored)) {
      form.fill(join(stored, typed))
      this.isUnseen = form.publishing
      const text = this.isUnseen
        ? msg('已恢复上次未发布的内容，请核对后再发布', { id: 'composer.restored.check' })
        : msg('已恢复上次未发布的内容', { id: 'composer.restored' })
      form.say(text, { action: msg('清空', { id: 'composer.clear' }), undo: () => this.clear() })
    }
    if (!isBlank(typed)) form.change({})
    this.guard(!desk.keeps)
    if (!desk.keeps || isClockOff()) void form.panels.show('waiting')
    this.stopWatching = watchOutbox(desk.outbox, this)
    this.stopOffering = offerDictation(form)
    this.stopDrops = takeDrops(form.renderRoot, form.addPhotos)
    void this.makeAhead()
  }

  /**
   * Where there is no signal nothing can be loaded: what may be used there is made while there is one. One after the
   * other, and no further when the line is gone: many browsers never ask again for a module that once could not be
   * loaded, so each try without network would cost one. The others come when the line is back.
   */
  private readonly makeAhead = async (): Promise<void> => {
    const { later, form } = this
    while (later.length && !this.isOver) {
      const name = later.shift()!
      try {
        await form.panels.load(name)
      } catch {
        later.push(name)
        return addEventListener('online', this.makeAhead, { once: true })
      }
    }
  }

  end(): void {
    this.isOver = true
    this.guard(false)
    removeEventListener('online', this.makeAhead)
    this.stopWatching?.()
    this.stopOffering?.()
    this.stopDrops?.()
    this.desk.close()
  }

  /** Where the draft is kept. */
  get slotKey(): string {
    return this.desk.slotKey
  }

  /** Whether it is still the same person who writes. */
  isStillTheirs = (): Promise<boolean> => this.desk.confirm().catch(() => true)

  get outbox(): Client['outbox'] {
    return this.desk.outbox
  }

  /** Code of the area that the diary will belong to. */
  get area(): string {
    const { areas } = this.desk
    return (areas.find(({ code }) => code === this.form.draft.area) ?? areas[0]!).code
  }

  renderArea(): unknown {
    const { form, desk, area } = this
    const place = areaView(desk.areas, area, (chosen) => form.change({ area: chosen }))
    return desk.mayForward(area) ? html`${place}${forwardView(form, desk.newId)}` : place
  }

  /** Whether this device keeps drafts and diaries. */
  get keeps(): boolean {
    return this.desk.keeps
  }

  /** Whether the browser asks before the page is left with something in the form. */
  private guard(wanted: boolean): void {
    if (wanted && !this.isOver) this.unguard ??= guardLeaving(() => !isBlank(this.form.draft))
    else {
      this.unguard?.()
      this.unguard = undefined
    }
  }

  private clear(): void {
    const { form } = this
    const before = form.draft
    form.empty()
    form.change({})
    form.say(msg('已清空', { id: 'composer.cleared' }), { undo: () => this.refill(before) })
  }

  private refill(draft: Draft): void {
    this.form.fill(draft)
    this.form.change({})
  }

  /** Keeps what is in the form. */
  save(): void {
    const { form, desk } = this
    const { draft } = form
    draft.id ??= desk.newId()
    const saved = isBlank(draft) && !draft.mends ? desk.forget() : desk.save(draft)
    saved
      .then(() => this.guard(!desk.keeps))
      .catch(() => {
        this.guard(true)
        form.say(msg('草稿没有保存，请勿关闭页面', { id: 'composer.draft.failed' }), { bad: true })
      })
  }

  /**
   * Hands the form's diary over; clears the form only when it is safe.
   *
   * @returns whether it is; `false` when the form itself needs something
   */
  async publish(): Promise<boolean> {
    const { form, desk } = this
    if (this.isUnseen) {
      this.isUnseen = false
      return false
    }
    const { length } = form.draft.text.trim()
    if (!length || length > diaryLimits.text) {
      const over = length - diaryLimits.text
      const blank = msg('请先写下内容', { id: 'composer.blank' })
      form.say(length ? msg(str`超出 ${over} 字`, { id: 'composer.over' }) : blank, { bad: true })
      form.focus()
      return false
    }
    form.draft.id ??= desk.newId()
    const published = await desk.publish(form.draft, this.area)
    // Somebody else's form by now; the draft is found to be published when its author is back.
    if (this.isOver) return true
    form.saved()
    form.empty()
    const aside = await desk.forgetPublished()
    if (aside) this.refill(aside)
    if ('sent' in published) this.sent(published.sent.id, published.sent)
    else this.queued(published.entry)
    return true
  }

  private queued(entry: OutboxEntry): void {
    this.form.dispatchEvent(new MqDiaryQueuedEvent(entry))
    const { pending, online } = this.outbox.state
    if (!pending.some(({ id }) => id === entry.id)) return
    if (!online) return this.sayWaits()
    this.form.say(msg('已保存，正在发送…', { id: 'composer.sending' }))
    this.sending = entry.id
  }

  private sayWaits(): void {
    this.form.say(msg('已保存在本机，联网后自动发送', { id: 'composer.queued' }))
  }

  /** Puts a refused diary back into the form; what was in the form comes back after. */
  async mend(id: string): Promise<void> {
    const { form, desk } = this
    try {
      const draft = await desk.mend(id, form.draft)
      if (!draft) return
      form.empty()
      this.refill(draft)
      form.say(msg('请修改后重新发布', { id: 'composer.mending' }))
      form.focus()
    } catch (error) {
      form.say(sentenceOf(error), { bad: true })
    }
  }

  /** @internal */
  changed({ pending, parked, lastError }: OutboxState): void {
    const { form } = this
    const waits = [...pending, ...parked]
    const { id, mends } = form.draft
    // The page died between the outbox's taking the diary and the draft's going: it is safe there.
    if (!form.publishing && !mends && waits.some((entry) => entry.id === id)) {
      form.empty()
      form.change({})
      this.sayWaits()
    }
    if (lastError && pending.some((entry) => entry.id === this.sending)) {
      this.sending = undefined
      this.sayWaits()
    }
    if (waits.length) void form.panels.show('waiting')
    form.requestUpdate()
  }

  /** @internal */
  parked(id: string, problem: ProblemData | undefined, wasWaiting: boolean): void {
    if (wasWaiting)
      this.form.say(msg('有日记未能发布，请查看原因', { id: 'composer.refused' }), { bad: true })
    this.form.dispatchEvent(new MqDiaryParkedEvent(id, problem))
  }

  /** @internal */
  forwarded(id: string, issue: Issue): void {
    this.form.say(msg(str`已发布，并上报为事项 ${issue.number}`, { id: 'composer.forwarded' }))
    this.form.dispatchEvent(new MqDiaryForwardEvent(id, issue))
  }

  /** @internal */
  unforwarded(_id: string, wasWaiting: boolean): void {
    if (!wasWaiting) return
    const text = msg('日记已发布，但没能上报为事项，请查看原因', { id: 'composer.unforwarded' })
    this.form.say(text, { bad: true })
  }

  /** @internal */
  sent(id: string, diary?: Diary): void {
    const { form } = this
    // Brought back as a draft while it was on its way; what was changed since is another diary.
    if (form.draft.id === id && !form.publishing && diary) {
      if (form.draft.text.trim() === diary.text) form.empty()
      else {
        delete form.draft.id
        delete form.draft.mends
      }
      form.change({})
    }
    this.form.say(msg('已发布', { id: 'composer.sent' }))
    this.form.dispatchEvent(new MqDiarySentEvent(id, diary))
  }
}
