import type { Issue } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { msg } from '../../internal/localize.ts'
import type { TrackerBody } from '../body.ts'
import { mayCall } from '../model/access.ts'
import type { Opened } from '../model/opened.ts'

/** The resident, the phone masked; seeing it whole is noted in the timeline. */
export function contactView(
  body: TrackerBody,
  opened: Opened,
  issue: Issue,
): TemplateResult | typeof nothing {
  const { resident } = issue
  if (!resident) return nothing
  const { controller } = body
  const phone = opened.contact?.phone ?? resident.phone
  const show = async () => {
    try {
      const { issues } = await controller.client()
      opened.contact = await issues.showContact({ id: issue.id })
      void controller.readOpened(opened)
    } catch (problem) {
      controller.sayProblem(problem)
    }
  }
  return html`<div>
    <dt>${msg('群众', { id: 'detail.resident' })}</dt>
    <dd>
      ${resident.name}
      ${phone ? (opened.contact?.phone ? html`<a href=${`tel:${opened.contact.phone}`}>${phone}</a>` : phone) : nothing}
      ${
        resident.phone && !opened.contact && mayCall(controller.me, issue)
          ? html`<button class="button quiet" @click=${() => void show()}>
              ${msg('查看电话（留痕）', { id: 'detail.showPhone' })}
            </button>`
          : nothing
      }
    </dd>
  </div>`
}
