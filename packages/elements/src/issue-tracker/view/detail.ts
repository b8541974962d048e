import type { Issue } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { addStyles } from '../../internal/lazy-styles.ts'
import { placeIcon } from '../../internal/icons.ts'
import { msg, str } from '../../internal/localize.ts'
import { MapSpot } from '../../internal/map/map-spot.ts'
import { absolute } from '../../internal/time.ts'
import type { TrackerBody } from '../body.ts'
import type { MqIssueTracker } from '../issue-tracker.ts'
import type { Opened } from '../model/opened.ts'
import { actionBar } from './action-bar.ts'
import { workView } from './assignments.ts'
import { contactView } from './contact.ts'
import { detailStyles } from './detail.styles.ts'
import { errorFace } from './faces.ts'
import { backIcon, printIcon } from './icons.ts'
import { notesView } from './notes.ts'
import { pictures } from './pictures.ts'
import { priorityView } from './priority.ts'
import { levelBadge, marks, stateBadge } from './row.ts'
import { suggestionView } from './suggestion.ts'
import { timeline } from './timeline.ts'
import { confirmationName, kindName, outcomeName, reasonName, sourceName, starNames } from './words.ts'

const fact = (name: string, value: unknown) =>
  value === undefined || value === null || value === ''
    ? nothing
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`

function facts(body: TrackerBody, opened: Opened, issue: Issue): TemplateResult {
  const { reporter, category, place, area, source, createdAt } = issue
  return html`<dl class="facts">
    ${fact(msg('区域', { id: 'detail.area' }), area.name)}
    ${fact(msg('类别', { id: 'tracker.category' }), category ? msg(str`${category.name}（${kindName(category.kind)}）`, { id: 'common.brackets' }) : msg('未分类', { id: 'issue.noCategory' }))}
    ${fact(msg('来源', { id: 'detail.source' }), sourceName(source))}
    ${fact(msg('上报人', { id: 'detail.reporter' }), html`${reporter.name} <span class="small">${reporter.title ?? ''}</span>`)}
    ${contactView(body, opened, issue)}
    ${fact(msg('地点', { id: 'detail.place' }), place?.name && html`<span class="placed">${placeIcon}${place.name}</span>`)}
    ${fact(msg('上报时间', { id: 'detail.at' }), absolute(new Date(createdAt)))}
  </dl>`
}

const maps = new WeakMap<MqIssueTracker, MapSpot>()

/** Where it is, on the map of the host if there is one. */
function mapView({ element }: TrackerBody, { place }: Issue): unknown {
  const spot = maps.get(element) ?? new MapSpot(element)
  maps.set(element, spot)
  return spot.render(place)
}

function answerView(body: TrackerBody, { answer }: Issue): TemplateResult | typeof nothing {
  if (!answer) return nothing
  return html`<section class="box answer">
    <h3>${msg(str`答复：${outcomeName(answer.outcome)}`, { id: 'detail.answer' })}</h3>
    <p class="said">${answer.text}</p>
    ${pictures(body, answer.photos, msg('办理后的照片', { id: 'detail.after' }))}
    <p class="small">${answer.unit?.name ?? ''} ${answer.by.name} · ${absolute(new Date(answer.at))}</p>
  </section>`
}

function endView({ closing, rating }: Issue): TemplateResult | typeof nothing {
  if (!closing && !rating) return nothing
  return html`<section class="box">
    <h3>${msg('办结与评价', { id: 'detail.end' })}</h3>
    ${
      closing
        ? html`<p>
            ${reasonName(closing.reason)}${closing.confirmation ? html` · ${confirmationName(closing.confirmation)}` : nothing}
            <span class="small">${absolute(new Date(closing.at))}</span>
          </p>`
        : nothing
    }
    ${closing?.note ? html`<blockquote>${closing.note}</blockquote>` : nothing}
    ${
      rating
        ? html`<p>
            <span class="rated" aria-hidden="true"
              >${'★'.repeat(rating.stars)}${'☆'.repeat(5 - rating.stars)}</span
            >
            ${msg(str`${rating.stars} 星，${starNames()[rating.stars - 1] ?? ''}`, { id: 'detail.rated' })}
          </p>`
        : nothing
    }
    ${rating?.text ? html`<blockquote>${rating.text}</blockquote>` : nothing}
  </section>`
}

function patternView(body: TrackerBody, { pattern, id }: Issue): TemplateResult | typeof nothing {
  if (!pattern) return nothing
  if (pattern.main === id)
    return pattern.children
      ? html`<p class="note">
          ${msg(str`一类事主事项：另有 ${pattern.children} 件并入，一并办理、分别答复。`, { id: 'detail.main' })}
        </p>`
      : nothing
  return html`<p class="note">
    ${msg('已并入一类事，由主事项统一办理。', { id: 'detail.merged' })}
    <button class="button quiet" @click=${() => body.openIssue({ id: pattern.main, number: '' })}>
      ${msg('查看主事项', { id: 'detail.toMain' })}
    </button>
  </p>`
}

async function print(body: TrackerBody, opened: Opened): Promise<void> {
  try {
    const { printSheet } = await import('./print.ts')
    await printSheet(body.controller, opened)
  } catch (problem) {
    body.controller.sayProblem(problem)
  }
}

function content(body: TrackerBody, opened: Opened, issue: Issue): TemplateResult {
  const { events, suggestion } = opened
  return html`<div class="badges">
      ${stateBadge(issue)} ${levelBadge(issue)}
      ${marks(issue).map((mark) => html`<span class="mark">${mark}</span>`)}
    </div>
    <h2 tabindex="-1">${issue.title}</h2>
    <p class="small number">${issue.number}</p>
    ${actionBar(body, issue)} ${patternView(body, issue)} ${notesView(body, opened)}
    <div class="columns">
      <div class="first">
        <section class="box">
          <h3>${msg('反映内容', { id: 'detail.text' })}</h3>
          <p class="said">${issue.text}</p>
          ${pictures(body, issue.photos, msg('办理前的照片', { id: 'detail.before' }))}
          ${facts(body, opened, issue)} ${mapView(body, issue)}
        </section>
        ${answerView(body, issue)} ${endView(issue)}
        <section class="box">
          <h3>${msg('办理经过', { id: 'detail.timeline' })}</h3>
          ${events ? timeline(body, events) : html`<p class="small">${msg('正在载入…', { id: 'tracker.loading' })}</p>`}
        </section>
      </div>
      <div class="second">
        ${suggestion ? suggestionView(body, issue, suggestion) : nothing} ${workView(body, issue)}
        ${priorityView(issue)}
      </div>
    </div>`
}

/** The opened issue: beside the list where there is room, otherwise in its place. */
export function detailView(body: TrackerBody, opened: Opened): TemplateResult {
  addStyles(body.element, detailStyles)
  const { issue, problem, loading } = opened
  return html`<section
    class="detail"
    part="detail"
    aria-label=${msg('事项详情', { id: 'detail.label' })}
    aria-busy=${loading}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !(event.target as Element).closest('dialog'))
        body.closeIssue()
    }}
  >
    <div class="row-between top">
      <button class="button quiet" @click=${() => body.closeIssue()}>
        ${backIcon}<span
          >${body.isWide ? msg('关闭', { id: 'common.close' }) : msg('返回列表', { id: 'detail.back' })}</span
        >
      </button>
      ${
        issue
          ? html`<button class="button quiet" @click=${() => void print(body, opened)}>
              ${printIcon}<span>${msg('打印', { id: 'detail.print' })}</span>
            </button>`
          : nothing
      }
    </div>
    ${
      issue
        ? content(body, opened, issue)
        : problem
          ? errorFace(problem, () => void body.controller.readOpened(opened))
          : html`<div class="bones" aria-hidden="true">
              <div class="bone"></div>
              <div class="bone"></div>
            </div>`
    }
  </section>`
}
