import type { Issue } from '@minqing/core'
import { isOpen, leadOf } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { stateName } from '../../internal/issue-words.ts'
import { msg, str } from '../../internal/localize.ts'
import { relative } from '../../internal/time.ts'
import type { TrackerBody } from '../body.ts'
import { nearestFace } from '../model/clocks.ts'
import { clockMark } from './clock.ts'
import { levelName, requestName } from './words.ts'

/** The badge with an issue's state. */
export const stateBadge = ({ state }: Pick<Issue, 'state'>): TemplateResult =>
  html`<span class="badge" part="state" data-state=${state}>${stateName(state)}</span>`

/** The level of its score, where it is above the usual. */
export const levelBadge = ({ priority }: Pick<Issue, 'priority'>): TemplateResult | typeof nothing =>
  priority.level === 'urgent' || priority.level === 'high'
    ? html`<span class="badge level" data-level=${priority.level}>${levelName(priority.level)}</span>`
    : nothing

/** Short words for what is out of the ordinary. */
export function marks(issue: Issue): string[] {
  const asked = issue.assignments.find(({ request }) => request)?.request
  const children = issue.pattern?.children ?? 0
  return [
    ...(issue.supervised ? [msg('督办', { id: 'issue.mark.supervised' })] : []),
    ...(asked ? [msg(str`申请${requestName(asked.kind)}`, { id: 'issue.mark.asked' })] : []),
    ...(issue.assignments.some((part) => isOpen(part) && part.suspendedAt)
      ? [msg('已挂起', { id: 'issue.mark.suspended' })]
      : []),
    ...(issue.reopenings ? [msg(str`重办 ${issue.reopenings} 次`, { id: 'issue.mark.reopened' })] : []),
    ...(children ? [msg(str`一类事 ${children + 1} 件`, { id: 'issue.mark.pattern' })] : []),
  ]
}

/** One issue of a list or of the board. The whole of it opens the issue; its title is the button. */
export function row(body: TrackerBody, issue: Issue, gone: boolean, level: 2 | 3 = 2): TemplateResult {
  const { now, controller, element } = body
  const clock = nearestFace(issue, now, controller.calendar)
  const lead = leadOf(issue.assignments)
  const open = html`<button class="open" @click=${() => body.openIssue(issue)}>${issue.title}</button>`
  return html`<li
    class=${gone ? 'item gone' : 'item'}
    part="row"
    data-issue=${issue.id}
    aria-current=${element.issue === issue.id ? 'true' : nothing}
  >
    <div class="line">
      ${level === 2 ? stateBadge(issue) : nothing} ${levelBadge(issue)}
      ${marks(issue).map((mark) => html`<span class="mark">${mark}</span>`)}
    </div>
    ${level === 2 ? html`<h2>${open}</h2>` : html`<h3>${open}</h3>`}
    <p class="small meta">
      <span>${issue.area.name}</span
      ><span>${issue.category?.name.split(' / ').pop() ?? msg('未分类', { id: 'issue.noCategory' })}</span>
      <time datetime=${issue.createdAt}>${relative(new Date(issue.createdAt), new Date(now))}</time>
    </p>
    <p class="meta foot">
      ${clock ? clockMark(clock) : nothing}
      ${lead ? html`<span class="small">${lead.unit.name}</span>` : nothing}
      ${gone ? html`<span class="small">${msg('已不在此列表', { id: 'tracker.gone' })}</span>` : nothing}
    </p>
  </li>`
}
