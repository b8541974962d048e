import type { Client, OutboxEntry } from '@minqing/client'
import { MinqingError, isMinqingError, newId } from '@minqing/client'
import { holds, inScope, type Diary, type ErrorCode, type Me, type NewDiary } from '@minqing/core/wire'
import { isBlank, type Draft, type DraftPhoto } from './draft.ts'
import { toInput } from './draft-use.ts'
import { DraftStore } from '../../internal/drafts/draft-store.ts'
import { takeSlot, type Slot } from '../../internal/drafts/slot.ts'
import { whoWrites, type Who } from '../../internal/drafts/who.ts'

/** Where a diary may be written. */
export interface DeskArea {
  code: string
  name: string
}

/** How a diary went out: kept in the outbox, or, where the browser has no storage, sent at once. */
export type Published = { entry: OutboxEntry } | { sent: Diary }

/**
 * What stands behind the form: who writes, where they may write, their draft, their outbox. Loaded after the form is
 * on the screen.
 */
export class Desk {
  readonly me: Me
  /** Whether the writer could not be asked for, and is assumed to be the one of last time. */
  isGuess: boolean
  readonly areas: DeskArea[]
  private readonly mq: Client
  private readonly store: DraftStore<Draft> | undefined
  private readonly slot: Slot
  private saving: Promise<unknown> = Promise.resolve()

  private constructor(
    mq: Client,
    who: Who,
    areas: DeskArea[],
    store: DraftStore<Draft> | undefined,
    slot: Slot,
  ) {
    this.mq = mq
    this.me = who.me
    this.isGuess = who.isGuess
    this.areas = areas
    this.store = store
    this.slot = slot
  }

  /**
   * @param area the one that the page asks for; otherwise the person chooses among their own
   * @throws MinqingError `unauthenticated` and the like; `offline` when nobody is known on this device; `forbidden`
   *   when they may not write; `area_not_found` when not there
   */
  static async open(mq: Client, area?: string): Promise<Desk> {
    const store = await DraftStore.open<Draft>(mq.atRest).catch(() => undefined)
    try {
      const who = await whoWrites(mq, store)
      const areas = await areasOf(mq, who.me, area)
      const slot = await takeSlot(JSON.stringify([mq.baseUrl, who.me.id, area ?? '']))
      return new Desk(mq, who, areas, store, slot)
    } catch (error) {
      store?.close()
      throw error
    }
  }

  /** Whether the writer is the one assumed; looked at again when the network is back. */
  async confirm(): Promise<boolean> {
    if (!this.isGuess) return true
    const who = await whoWrites(this.mq, this.store)
    this.isGuess = who.isGuess
    return who.me.id === this.me.id
  }

  /** The draft of last time, unless it has been published since (the page may have died in between). */
  async restore(): Promise<Draft | undefined> {
    const draft = await this.store?.load(this.slot.key)
    if (!draft?.id || draft.mends) return draft
    const isThere = await this.mq.diaries.get({ id: draft.id }).then(
      () => true,
      () => false,
    )
    if (!isThere) return draft
    await this.forget()
    return undefined
  }

  /** Writes the draft after those before it. Rejects when this device cannot keep it. */
  save(draft: Draft): Promise<unknown> {
    const { store, slot } = this
    if (!store) return Promise.resolve()
    this.saving = this.saving.catch(() => undefined).then(() => store.save(slot.key, draft))
    return this.saving
  }

  async forget(): Promise<void> {
    const { store, slot } = this
    this.saving = this.saving.catch(() => undefined).then(() => store?.remove(slot.key))
    await this.saving
  }

  /**
   * A refused diary as a draft. What is in the form is kept aside until the mended one is published.
   */
  async mend(id: string, form: Draft): Promise<Draft | undefined> {
    const entry = this.outbox.state.parked.find((one) => one.id === id)
    if (!entry) return undefined
    if (!isBlank(form) && !form.mends) await this.store?.save(this.asideKey, form)
    const { forward } = entry
    const { area, kind, text, visited = [], place } = entry.input
    const photos = (await this.outbox.photos(id)).map((photo, n) => ({ ...photo, name: String(n + 1) }))
    return { id, mends: id, area, kind, text, visited, place, photos, ...(forward && { forward }) }
  }

  get slotKey(): string {
    return this.slot.key
  }

  private get asideKey(): string {
    return `${this.slot.key}+`
  }

  /** Drops the draft, which is safe now, and gives back the one that was kept aside for it. */
  async forgetPublished(): Promise<Draft | undefined> {
    try {
      await this.forget()
      const aside = await this.store?.load(this.asideKey)
      if (aside) await this.store?.remove(this.asideKey)
      return aside
    } catch {
      // Found out again at the next start, when the draft turns out to be published.
      return undefined
    }
  }

  /** Resolves once the diary is safe. When it rejects, nothing was kept and the form still has everything. */
  async publish(draft: Draft, area: string): Promise<Published> {
    const id = draft.id ?? newId()
    const input = { ...toInput(draft, area), id, writtenAt: new Date().toISOString() }
    const photos = draft.photos.map(({ id, blob }) => ({ id, blob }))
    // Wished for an area in which the person could, and then the area was changed.
    const forward = this.mayForward(area) ? draft.forward : undefined
    const extras = forward ? { forward } : {}
    if (draft.mends) return { entry: await this.mq.outbox.edit(draft.mends, input, photos, extras) }
    try {
      return { entry: await this.mq.outbox.enqueue(input, photos, extras) }
    } catch (error) {
      // Nothing can be kept here, or not without the key that it would be sealed with.
      if (!isMinqingError(error, 'storage_unavailable') && !isMinqingError(error, 'entry_locked')) throw error
    }
    const sent = await this.sendNow({ ...input, photos: photos.map(({ id }) => id) }, draft.photos)
    if (forward) await this.forwardNow(sent, forward)
    return { sent }
  }

  /** Where the browser keeps nothing there is no outbox: the diary goes out while the person waits. */
  private async sendNow(diary: NewDiary, photos: readonly DraftPhoto[]): Promise<Diary> {
    for (const { id, blob } of photos) await this.mq.photos.upload(blob, { area: diary.area, id })
    try {
      return await this.mq.diaries.create(diary)
    } catch (error) {
      if (!isMinqingError(error, 'id_taken')) throw error
      // It arrived at an earlier try, whose answer was lost.
      const there = await this.mq.diaries.get({ id: diary.id })
      if (there.author.id !== this.me.id || there.text !== diary.text) throw error
      return there
    }
  }

  /** Where nothing is kept, the issue is made while the person waits as well; another press goes on with it. */
  private async forwardNow(
    { id: diary }: Diary,
    { issueId, solved }: NonNullable<Draft['forward']>,
  ): Promise<void> {
    try {
      await this.mq.issues.create({ id: issueId, diary, ...(solved && { solved }) })
    } catch (error) {
      if (!isMinqingError(error, 'diary_forwarded')) throw error
    }
  }

  /** Whether a diary of this area may become an issue by this person's hand. */
  mayForward = (area: string): boolean => inScope(this.me.scopes['issue.create'] ?? [], area)

  /** Names a draft at its first change. */
  readonly newId = newId

  get outbox(): Client['outbox'] {
    return this.mq.outbox
  }

  close(): void {
    void this.saving
      .catch(() => undefined)
      .then(() => {
        this.slot.release()
        this.store?.close()
      })
  }
}

const problem = (code: ErrorCode, zh: string, en: string) =>
  new MinqingError({ code, titles: { 'zh-CN': zh, en } })

/** The area that the page asks for if the person may write there, or else those of their own that lie in it. */
async function areasOf(mq: Client, me: Me, wanted = ''): Promise<DeskArea[]> {
  const scope = me.scopes['diary.create'] ?? []
  if (!scope.length) throw problem('forbidden', '您没有写日记的权限', 'You may not write diaries')
  const granted = me.grants.map(({ area }) => area).filter(({ code }) => inScope(scope, code))
  const own = granted.filter(({ code }, n) => granted.findIndex((other) => other.code === code) === n)
  if (wanted && inScope(scope, wanted)) {
    const known = own.find(({ code }) => code === wanted)
    if (known) return [known]
    const name = await mq.areas.get({ code: wanted }).then(
      (area) => area.name,
      () => wanted,
    )
    return [{ code: wanted, name }]
  }
  const within = own.filter(({ code }) => holds(wanted, code))
  if (!within.length)
    throw problem('area_not_found', '您不能在此区域写日记', 'You may not write diaries here')
  return within
}
