import type { Assignment, Issue } from '@minqing/core'
import { isOpen } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { absolute } from '../../internal/time.ts'
import type { TrackerBody } from '../body.ts'
import { residentFace, unitFaces } from '../model/clocks.ts'
import { clockPanel } from './clock.ts'
import { partStateName, requestName } from './words.ts'

function request({ request }: Assignment): TemplateResult | typeof nothing {
  if (!request) return nothing
  const { kind, reason, unit, until, by } = request
  return html`<div class="note warn">
    <p>
      <strong>${msg(str`申请${requestName(kind)}，等待审批`, { id: 'detail.requested' })}</strong>
      ${unit ? msg(str`建议改派${unit.name}`, { id: 'detail.better' }) : nothing}
      ${until ? msg(str`到 ${absolute(new Date(until))}`, { id: 'detail.until' }) : nothing}
    </p>
    <p>${reason}</p>
    <p class="small">${by.name} · ${absolute(new Date(request.at))}</p>
  </div>`
}

function part(body: TrackerBody, one: Assignment): TemplateResult {
  const { now, controller } = body
  return html`<li class="part" data-state=${one.state}>
    <div class="row-between">
      <strong>${one.unit.name}</strong>
      <span class="badge" data-part=${one.state}
        >${one.role === 'lead' ? msg('主办', { id: 'detail.lead' }) : msg('协办', { id: 'detail.assist' })} ·
        ${one.suspendedAt ? msg('已挂起', { id: 'issue.mark.suspended' }) : partStateName(one.state)}</span
      >
    </div>
    ${one.task ? html`<p>${msg(str`要求：${one.task}`, { id: 'detail.task' })}</p>` : nothing}
    ${one.handler ? html`<p class="small">${msg(str`经办：${one.handler.name}`, { id: 'detail.handler' })}</p>` : nothing}
    ${unitFaces(one, now, controller.calendar).map(clockPanel)} ${request(one)}
    ${one.reply ? html`<blockquote>${one.reply}</blockquote>` : nothing}
  </li>`
}

/** The clocks and who works on it: what is at work first, what was given back at the end. */
export function workView(body: TrackerBody, issue: Issue): TemplateResult {
  const rank = (one: Assignment) =>
    isOpen(one) ? (one.role === 'lead' ? 0 : 1) : one.state === 'answered' ? 2 : 3
  const parts = [...issue.assignments].sort((a, b) => rank(a) - rank(b) || a.id - b.id)
  return html`<section class="box">
      <h3>${msg('时限', { id: 'detail.clocks' })}</h3>
      ${clockPanel(residentFace(issue, body.now, body.controller.calendar))}
      <p class="small">${msg('只计工作日，节假日不计。', { id: 'detail.workingOnly' })}</p>
    </section>
    ${
      parts.length
        ? html`<section class="box">
            <h3>${msg('承办单位', { id: 'tracker.unit' })}</h3>
            <ul class="parts">
              ${parts.map((one) => part(body, one))}
            </ul>
          </section>`
        : nothing
    }`
}
