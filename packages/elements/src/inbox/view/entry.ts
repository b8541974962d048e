import type { InboxEntry } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { stateName } from '../../internal/issue-words.ts'
import { absolute, relative } from '../../internal/time.ts'
import type { InboxBody } from '../body.ts'
import { isPressing, sentenceFor } from './words.ts'

/** One message: pressing it opens the issue. */
export function entryView(body: InboxBody, entry: InboxEntry, now: Date): TemplateResult {
  const { id, title, number, area, state, read, type } = entry
  const at = new Date(entry.at)
  return html`<li class=${read ? 'entry' : 'entry new'} part="entry" data-type=${type} data-id=${id}>
    <button class="open" @click=${() => body.open(entry)}>
      ${read ? nothing : html`<span class="dot" part="unread"><span class="sr">${msg('未读', { id: 'inbox.unread' })}</span></span>`}
      <span class=${isPressing(type) ? 'what pressing' : 'what'}>${sentenceFor(entry)}</span>
      <span class="title">${title}</span>
      <span class="small"
        ><time datetime=${entry.at} title=${absolute(at)}>${relative(at, now)}</time> · ${area.name} ·
        ${stateName(state)} · ${number}</span
      >
    </button>
    ${
      read
        ? nothing
        : html`<button
            class="button quiet mark"
            aria-label=${msg(str`标已读：${title}`, { id: 'inbox.mark.label' })}
            @click=${() => body.mark([id])}
          >
            ${msg('标已读', { id: 'inbox.mark' })}
          </button>`
    }
  </li>`
}
