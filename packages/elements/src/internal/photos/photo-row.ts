import { newId } from '@minqing/client'
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { closeIcon } from '../icons.ts'
import { addStyles } from '../lazy-styles.ts'
import { msg, str } from '../localize.ts'
import { UnusablePhoto, shrink } from './shrink.ts'
import { photoStyles } from './photo-row.styles.ts'
import { preview } from './photo-preview.ts'

/** A photo that is shrunk and ready to go. */
export interface DraftPhoto {
  /** Made on this device; what it belongs to names the photo by it. */
  id: string
  /** The file's name, read out by screen readers. */
  name: string
  blob: Blob
}

/** The form around the photos. */
export interface PhotoHost extends ReactiveControllerHost {
  readonly draft: { readonly photos: readonly DraftPhoto[] }
  readonly renderRoot: HTMLElement | DocumentFragment
  change(part: { photos: DraftPhoto[] }): void
  /** Says something below the form, and to screen readers; with a way back where there is one. */
  say(text: string, how?: { bad?: boolean; undo?: () => void }): void
}

interface Item {
  id: string
  name: string
  /** Absent while it is being shrunk. */
  photo?: DraftPhoto
}

/** A form's photos: shrunk one after the other, shown, moved and removed. */
export class PhotoRow {
  private readonly host: PhotoHost
  private readonly most: number
  private busy: Item[] = []
  private work: Promise<void> = Promise.resolve()

  /** @param most how many there may be */
  constructor(host: PhotoHost, most: number) {
    this.host = host
    this.most = most
    addStyles(host, photoStyles)
  }

  /** Resolves when every photo that was added is ready or refused. */
  settled = (): Promise<void> => this.work

  /** Takes files in; those that are no photos, or too many, are told and left out. */
  add(files: readonly File[]): Promise<void> {
    const room = this.most - this.host.draft.photos.length - this.busy.length
    const taken = files
      .slice(0, Math.max(0, room))
      .map((file) => ({ file, item: { id: newId(), name: file.name } }))
    if (taken.length < files.length) {
      const { most } = this
      this.host.say(msg(str`最多 ${most} 张照片，多出的没有添加`, { id: 'composer.photos.many' }), {
        bad: true,
      })
    }
    this.busy = [...this.busy, ...taken.map(({ item }) => item)]
    this.host.requestUpdate()
    // One after the other: nine decoded photos at once would take a phone's memory.
    for (const { file, item } of taken) this.work = this.work.then(() => this.take(file, item))
    return this.work
  }

  private async take(file: File, item: Item): Promise<void> {
    try {
      const blob = await shrink(file)
      this.host.change({ photos: [...this.host.draft.photos, { ...item, blob }] })
    } catch (error) {
      const many = error instanceof UnusablePhoto && error.reason === 'too-many-pixels'
      const text = many
        ? msg(str`${file.name} 的尺寸过大，没有添加`, { id: 'composer.photos.pixels' })
        : msg(str`${file.name} 不是可识别的照片，没有添加`, { id: 'composer.photos.unreadable' })
      this.host.say(text, { bad: true })
    } finally {
      this.busy = this.busy.filter((one) => one !== item)
      this.host.requestUpdate()
    }
  }

  render(): TemplateResult {
    const { photos } = this.host.draft
    const items: Item[] = [
      ...photos.map((photo) => ({ id: photo.id, name: photo.name, photo })),
      ...this.busy,
    ]
    if (!items.length) return html`${nothing}`
    return html`<ul class="photos" part="photos" aria-label=${msg('照片', { id: 'composer.photos' })}>
      ${repeat(
        items,
        ({ id }) => id,
        (item, n) => this.item(item, n),
      )}
    </ul>`
  }

  private item({ id, name, photo }: Item, n: number): TemplateResult {
    const number = n + 1
    const label = msg(str`照片 ${number}：${name}`, { id: 'composer.photos.label' })
    const last = this.host.draft.photos.length - 1
    return html`<li class="photo" aria-busy=${!photo}>
      <canvas width="160" height="160" role="img" aria-label=${label} ${preview(photo?.blob)}></canvas>
      ${
        photo
          ? html`<button
                type="button"
                class="over remove"
                aria-label=${msg(str`移除照片 ${number}`, { id: 'composer.photos.remove' })}
                @click=${() => this.remove(id, number)}
              >
                ${closeIcon}
              </button>
              ${this.mover(n, -1, msg(str`照片 ${number} 前移`, { id: 'composer.photos.forward' }), n > 0)}
              ${this.mover(n, 1, msg(str`照片 ${number} 后移`, { id: 'composer.photos.back' }), n < last)}`
          : html`<span class="small wait">${msg('处理中…', { id: 'composer.photos.busy' })}</span>`
      }
    </li>`
  }

  private mover(n: number, by: 1 | -1, label: string, possible: boolean): TemplateResult {
    if (!possible) return html`${nothing}`
    return html`<button
      type="button"
      class="over ${by < 0 ? 'left' : 'right'}"
      aria-label=${label}
      @click=${(event: Event) => this.move(n, by, event.currentTarget as HTMLElement)}
    >
      ${by < 0 ? '‹' : '›'}
    </button>`
  }

  private move(n: number, by: 1 | -1, button: HTMLElement): void {
    const photos = [...this.host.draft.photos]
    photos.splice(n + by, 0, ...photos.splice(n, 1))
    this.host.change({ photos })
    this.host.say(msg(str`已移到第 ${n + by + 1} 张`, { id: 'composer.photos.moved' }))
    // The button goes with its photo, or is gone at the end of the row: keep the keyboard where it was.
    const item = button.closest('li')
    void this.host.updateComplete.then(() => {
      if (!button.isConnected) item?.querySelector<HTMLElement>('.left, .right')?.focus()
      else button.focus()
    })
  }

  private remove(id: string, number: number): void {
    const { photos } = this.host.draft
    const at = photos.findIndex((photo) => photo.id === id)
    const gone = photos[at]
    if (!gone) return
    this.host.change({ photos: photos.filter((photo) => photo !== gone) })
    this.host.say(msg(str`已移除照片 ${number}`, { id: 'composer.photos.removed' }), {
      undo: () => {
        const now = [...this.host.draft.photos]
        now.splice(at, 0, gone)
        this.host.change({ photos: now.slice(0, this.most) })
      },
    })
  }
}
