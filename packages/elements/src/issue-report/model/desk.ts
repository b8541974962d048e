import { MinqingError, isMinqingError, newId, type Client } from '@minqing/client'
import type { Report, ReportForm } from '@minqing/core/wire'
import { DraftStore } from '../../internal/drafts/draft-store.ts'
import { takeSlot, type Slot } from '../../internal/drafts/slot.ts'
import { whoWrites } from '../../internal/drafts/who.ts'
import { toContent, type ReportDraft, type SentContent } from './draft.ts'

/** What came of a sending: the report, and whether it is the one of an earlier try, without what was changed since. */
export interface Sent {
  report: Report
  isEarlier: boolean
}

const needsArea = () =>
  new MinqingError({
    code: 'area_not_found',
    titles: { 'zh-CN': '页面没有指明受理的区域', en: 'The page does not say for which area' },
  })

/** Whether it is unknown what became of a request. */
const isUnanswered = (error: unknown) =>
  (['offline', 'timeout', 'aborted', 'bad_response', 'unavailable', 'internal'] as const).some((code) =>
    isMinqingError(error, code),
  )

/**
 * What stands behind the form: who reports and where, their draft, and the way to the server. Loaded after the form is
 * on the screen.
 */
export class Desk {
  private saving: Promise<unknown> = Promise.resolve()
  private readonly forms = new Map<string, Promise<ReportForm>>()

  private constructor(
    private readonly mq: Client,
    /** The area for which the form is. */
    readonly area: string,
    readonly isAnonymous: boolean,
    private readonly store: DraftStore<ReportDraft> | undefined,
    private readonly slot: Slot,
  ) {}

  /**
   * @param area the one that the page asks for; otherwise that of the person who is signed in
   * @throws MinqingError `unauthenticated` and the like; `area_not_found` when there is none
   */
  static async open(mq: Client, isAnonymous: boolean, area?: string): Promise<Desk> {
    const store = await DraftStore.open<ReportDraft>(mq.atRest).catch(() => undefined)
    try {
      const me = isAnonymous ? undefined : (await whoWrites(mq, store)).me
      const where = area || me?.scopes['report.create']?.[0] || me?.grants[0]?.area.code
      if (!where) throw needsArea()
      const slot = await takeSlot(JSON.stringify(['report', mq.baseUrl, me?.id ?? '', where]))
      return new Desk(mq, where, isAnonymous, store, slot)
    } catch (error) {
      store?.close()
      throw error
    }
  }

  /** What can be chosen in an area; asked for once, and again after a failure. */
  form(area: string): Promise<ReportForm> {
    let form = this.forms.get(area)
    if (!form) {
      form = this.mq.reports.form({ area })
      this.forms.set(area, form)
      form.catch(() => this.forms.delete(area))
    }
    return form
  }

  /** @throws MinqingError when there is a draft that cannot be opened */
  restore = (): Promise<ReportDraft | undefined> =>
    Promise.resolve(this.store?.load(this.slot.key)).catch((error: unknown) => {
      if (isMinqingError(error)) throw error
      return undefined
    })

  /** Writes the draft after those before it. Rejects when this device cannot keep it. */
  save(draft: ReportDraft): Promise<unknown> {
    this.saving = this.saving.catch(() => undefined).then(() => this.store?.save(this.slot.key, draft))
    return this.saving
  }

  forget(): Promise<unknown> {
    this.saving = this.saving.catch(() => undefined).then(() => this.store?.remove(this.slot.key))
    return this.saving
  }

  readonly newId = newId

  /**
   * Sends the photos, each going on where it stopped, and then the report. May be repeated at any point: every part has
   * its own id.
   *
   * @param onTry told what is about to go, so that it can be kept
   * @param onProgress sent bytes of the photos, 0 to 1
   */
  async send(
    draft: ReportDraft,
    onTry: (content: SentContent) => Promise<unknown>,
    onProgress: (fraction: number) => void,
  ): Promise<Sent> {
    const content = toContent(draft, draft.id!, this.area)
    const { photos } = draft
    const total = photos.reduce((sum, { blob }) => sum + blob.size, 0)
    let done = 0
    for (const { id, blob } of photos) {
      const report = (sent: number) => onProgress(total ? (done + sent) / total : 1)
      await this.mq.photos.upload(blob, { id, area: content.area, onProgress: report })
      done += blob.size
    }
    await onTry(content)
    try {
      return { report: await this.create(content), isEarlier: false }
    } catch (error) {
      if (!isMinqingError(error, 'id_taken')) throw error
      return { report: await this.findEarlier(draft.tried ?? [], error), isEarlier: true }
    }
  }

  /** Changed after a try whose answer was lost: what arrived then is still answered by what was sent then. */
  private async findEarlier(tried: readonly SentContent[], refusal: unknown): Promise<Report> {
    for (const content of tried) {
      try {
        return await this.create(content)
      } catch (error) {
        if (!isMinqingError(error, 'id_taken')) throw error
      }
    }
    throw refusal
  }

  private create(content: SentContent): Promise<Report> {
    const { reports } = this.mq
    if (!this.isAnonymous) return reports.create(content)
    const { photos: _, ...bare } = content
    return reports.createAnonymous(bare)
  }

  /** Whether a failed try may have arrived. */
  readonly mayHaveArrived = isUnanswered

  close(): void {
    void this.saving
      .catch(() => undefined)
      .then(() => {
        this.slot.release()
        this.store?.close()
      })
  }
}
