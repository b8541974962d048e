import type { IssueEvent, Photo } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { absolute } from '../../internal/time.ts'
import type { TrackerBody } from '../body.ts'
import { pictures } from './pictures.ts'
import { said, sentence, toneOf } from './sentences.ts'

const whoOf = ({ actor }: IssueEvent) =>
  actor.id === 'system' ? msg('系统', { id: 'event.system' }) : actor.name

/** All that happened, newest first: who, what, when, and their words. */
export function timeline(body: TrackerBody, events: readonly IssueEvent[]): TemplateResult {
  return html`<ol class="timeline" part="timeline">
    ${[...events].reverse().map((event) => {
      const words = said(event)
      const photos = event.data['photos'] as Photo[] | undefined
      return html`<li data-tone=${toneOf(event) ?? nothing}>
        <p>
          <strong>${whoOf(event)}</strong
          >${event.actor.title ? html` <span class="small">${event.actor.title}</span>` : nothing}
          ${sentence(event)}
        </p>
        ${words ? html`<blockquote>${words}</blockquote>` : nothing}
        ${photos ? pictures(body, photos, msg(str`${whoOf(event)}的照片`, { id: 'photo.of' })) : nothing}
        <time class="small" datetime=${event.at}>${absolute(new Date(event.at))}</time>
      </li>`
    })}
  </ol>`
}
