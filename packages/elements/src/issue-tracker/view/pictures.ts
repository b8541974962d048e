import type { Photo } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { AsyncDirective } from 'lit/async-directive.js'
import { directive, type ElementPart } from 'lit/directive.js'
import type { Client } from '@minqing/client'
import { msg, str } from '../../internal/localize.ts'
import type { TrackerBody } from '../body.ts'

/** Gives an image its address once the ticket for it is there. */
class PhotoSource extends AsyncDirective {
  private id = ''

  render(_id: string, _client: () => Promise<Client>): typeof nothing {
    return nothing
  }

  override update({ element }: ElementPart, [id, client]: [string, () => Promise<Client>]): typeof nothing {
    if (id !== this.id) {
      this.id = id
      void this.load(element as HTMLImageElement, id, client)
    }
    return nothing
  }

  private async load(image: HTMLImageElement, id: string, client: () => Promise<Client>): Promise<void> {
    try {
      const { photos } = await client()
      const address = await photos.url(id, 'thumb')
      if (id === this.id) image.src = address
    } catch {
      // The room stays empty; the next drawing tries again.
      this.id = ''
    }
  }
}
const source = directive(PhotoSource)

/** Photos in small; pressing one shows it in full size. */
export function pictures(
  body: TrackerBody,
  photos: readonly Photo[],
  name: string,
): TemplateResult | typeof nothing {
  if (!photos.length) return nothing
  const { client } = body.controller
  const alt = (at: number) => msg(str`${name}，第 ${at + 1} 张`, { id: 'photo.alt' })
  const open = async (index: number) => {
    try {
      const { openPhotos } = await import('../../internal/photo-viewer.ts')
      openPhotos(body.renderRoot, { photos, name, alt, client }, index)
    } catch (problem) {
      body.controller.sayProblem(problem)
    }
  }
  return html`<div class="pictures">
    ${photos.map(
      ({ id }, at) =>
        html`<button
          class="picture"
          aria-label=${msg(str`查看${name}，第 ${at + 1} 张，共 ${photos.length} 张`, { id: 'photo.view' })}
          @click=${() => void open(at)}
        >
          <img alt="" decoding="async" ${source(id, client)} />
        </button>`,
    )}
  </div>`
}
