import { shownReceipt, type Report } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { locale, msg, str } from '../../internal/localize.ts'
import { absolute } from '../../internal/time.ts'
import type { StatusBody } from '../body.ts'
import { stagesOf, standing, starNames, stepName } from './words.ts'

type Part = TemplateResult | typeof nothing

const day = (at: string): string =>
  new Date(at).toLocaleDateString(locale(), { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' })

/** `11/25`: there is room for no more below a step. */
const shortDay = (at: string): string =>
  new Date(at).toLocaleDateString(locale(), { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric' })

const progress = (report: Report) => {
  const { stages, current } = stagesOf(report)
  const done = msg('已完成', { id: 'reports.stage.done' })
  return html`<ol class="stages" part="progress" aria-label=${msg('进度', { id: 'reports.progress' })}>
    ${stages.map(({ name, at }, n) => {
      const isDone = n < current || (n === current && report.state === 'closed')
      return html`<li
        class=${isDone ? 'done' : n === current ? 'now' : ''}
        aria-current=${n === current ? 'step' : nothing}
      >
        <span>${name}</span>
        ${isDone ? html`<span class="sr">${done}</span>` : nothing}
        ${at && n <= current ? html`<time class="small" datetime=${at}>${shortDay(at)}</time>` : nothing}
      </li>`
    })}
  </ol>`
}

const fact = (name: string, value: unknown): Part =>
  value
    ? html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`
    : nothing

const until = ({ dueAt, answer, closing }: Report, now: Date): Part => {
  if (answer || closing) return nothing
  const late = Date.parse(dueAt) < now.getTime()
  const value = html`<span class=${late ? 'late' : ''}
    >${
      late
        ? msg(str`已超过期限（${day(dueAt)}）`, { id: 'reports.due.late' })
        : msg(str`${day(dueAt)}前答复`, { id: 'reports.due' })
    }</span
  >`
  return fact(msg('答复期限', { id: 'reports.dueAt' }), value)
}

const facts = (report: Report, now: Date) =>
  html`<dl part="facts">
    ${fact(msg('承办单位', { id: 'reports.unit' }), report.unit)} ${until(report, now)}
    ${fact(msg('受理编号', { id: 'reports.receipt' }), html`<span class="receipt">${shownReceipt(report.receipt)}</span>`)}
    ${fact(msg('地点', { id: 'reports.area' }), report.area.name)}
    ${fact(msg('类别', { id: 'reports.category' }), report.category)}
    ${fact(msg('提交时间', { id: 'reports.createdAt' }), absolute(new Date(report.createdAt)))}
  </dl>`

const answer = ({ answer, closing }: Report): Part => {
  if (answer) {
    const by = answer.unit ?? msg('受理中心', { id: 'reports.center' })
    return html`<section class="said" part="answer">
      <h4>${msg('答复', { id: 'reports.answer' })}</h4>
      <p class="text"><span>${answer.text}</span></p>
      <p class="small">${by} · ${absolute(new Date(answer.at))}</p>
    </section>`
  }
  if (closing?.reason !== 'notAccepted' || !closing.note) return nothing
  return html`<section class="said" part="answer">
    <h4>${msg('没有受理的原因', { id: 'reports.refusal' })}</h4>
    <p class="text"><span>${closing.note}</span></p>
  </section>`
}

const rating = ({ rating }: Report): Part => {
  if (!rating) return nothing
  const stars = '★'.repeat(rating.stars) + '☆'.repeat(5 - rating.stars)
  return html`<section part="rating">
    <h4>${msg('您的评价', { id: 'reports.rating' })}</h4>
    <p>
      <span class="stars" aria-hidden="true">${stars}</span> ${starNames()[rating.stars - 1]} ·
      ${rating.solved ? msg('已解决', { id: 'reports.solved' }) : msg('没有解决', { id: 'reports.unsolved' })}
    </p>
    ${rating.text ? html`<p class="text"><span>${rating.text}</span></p>` : nothing}
  </section>`
}

const steps = ({ steps }: Report): Part =>
  steps.length > 1
    ? html`<details part="steps">
        <summary>${msg('办理经过', { id: 'reports.steps' })}</summary>
        <ol>
          ${steps.map(
            (step) =>
              html`<li>
                <time class="small" datetime=${step.at}>${absolute(new Date(step.at))}</time>
                ${stepName(step)}
              </li>`,
          )}
        </ol>
      </details>`
    : nothing

/** What the resident can do now; the forms are loaded when they are first wanted. */
const verdict = (body: StatusBody, report: Report): Part => {
  if (report.ratable) {
    return html`<mq-report-rating .body=${body} .report=${report}></mq-report-rating>`
  }
  if (!report.reopenable) return nothing
  return html`<mq-report-reopening .body=${body} .report=${report}></mq-report-reopening>`
}

/** One report. Everything that a person wrote gets in as text, never as markup. */
export function reportView(body: StatusBody, report: Report, now: Date): TemplateResult {
  const { id, state, closing } = report
  const bad = closing?.reason === 'notAccepted'
  return html`<article class="card" part="card" aria-labelledby=${`at-${id}`} data-state=${state}>
    <p class="what text"><span>${report.text}</span></p>
    <h3 id=${`at-${id}`} class=${bad ? 'standing bad' : 'standing'}>${standing(report)}</h3>
    ${progress(report)} ${answer(report)} ${rating(report)} ${verdict(body, report)} ${facts(report, now)}
    ${steps(report)}
  </article>`
}
