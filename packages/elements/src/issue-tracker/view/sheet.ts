import type { Issue, IssueEvent, Photo } from '@minqing/core'
import type { Calendar } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { stateName } from '../../internal/issue-words.ts'
import { msg, str } from '../../internal/localize.ts'
import { absolute } from '../../internal/time.ts'
import { residentFace, unitFaces } from '../model/clocks.ts'
import { clockWords } from './clock.ts'
import { reasonWords } from './priority.ts'
import { said, sentence } from './sentences.ts'
import {
  confirmationName,
  levelName,
  outcomeName,
  partStateName,
  reasonName,
  sourceName,
  starNames,
} from './words.ts'

type Addresses = ReadonlyMap<string, string>

const photosOf = (photos: readonly Photo[], addresses: Addresses) =>
  photos.length
    ? html`<div class="photos">
        ${photos.map(({ id }) => (addresses.get(id) ? html`<img src=${addresses.get(id)!} alt="" />` : nothing))}
      </div>`
    : nothing

const line = (name: string, value: unknown) =>
  value
    ? html`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
      </tr>`
    : nothing

/** One issue on paper. The resident's phone stays masked. */
export function sheet(
  issue: Issue,
  events: readonly IssueEvent[],
  calendar: Calendar,
  now: number,
  addresses: Addresses,
): TemplateResult {
  const { resident, category, place, answer, rating, closing, priority } = issue
  return html`<main>
    <header>
      <h1>${msg('民情事项办理单', { id: 'sheet.title' })}</h1>
      <p>${issue.number} · ${stateName(issue.state)}</p>
    </header>
    <h2>${issue.title}</h2>
    <table>
      <tbody>
        ${line(msg('区域', { id: 'detail.area' }), issue.area.name)}
        ${line(msg('类别', { id: 'tracker.category' }), category?.name)}
        ${line(msg('来源', { id: 'detail.source' }), sourceName(issue.source))}
        ${line(msg('上报人', { id: 'detail.reporter' }), `${issue.reporter.name} ${issue.reporter.title ?? ''}`)}
        ${line(msg('群众', { id: 'detail.resident' }), resident && `${resident.name} ${resident.phone ?? ''}`)}
        ${line(msg('地点', { id: 'detail.place' }), place?.name)}
        ${line(msg('上报时间', { id: 'detail.at' }), absolute(new Date(issue.createdAt)))}
        ${line(msg('群众时限', { id: 'clock.resident' }), msg(str`${absolute(new Date(issue.residentClock.dueAt))}（${clockWords(residentFace(issue, now, calendar))}）`, { id: 'common.brackets' }))}
        ${line(msg('赋分', { id: 'detail.priority' }), [priority.score, levelName(priority.level), ...priority.reasons.map(reasonWords)].join(' · '))}
      </tbody>
    </table>
    <h3>${msg('反映内容', { id: 'detail.text' })}</h3>
    <p class="said">${issue.text}</p>
    ${photosOf(issue.photos, addresses)}
    ${
      issue.assignments.length
        ? html`<h3>${msg('承办单位', { id: 'tracker.unit' })}</h3>
            <ul>
              ${issue.assignments.map(
                (part) =>
                  html`<li>
                    ${part.role === 'lead' ? msg('主办', { id: 'detail.lead' }) : msg('协办', { id: 'detail.assist' })}
                    ${msg(str`${part.unit.name}（${partStateName(part.state)}）`, { id: 'common.brackets' })}
                    ${unitFaces(part, now, calendar).slice(-1).map(clockWords)} ${part.reply ?? ''}
                  </li>`,
              )}
            </ul>`
        : nothing
    }
    ${
      answer
        ? html`<h3>${msg(str`答复：${outcomeName(answer.outcome)}`, { id: 'detail.answer' })}</h3>
            <p class="said">${answer.text}</p>
            ${photosOf(answer.photos, addresses)}`
        : nothing
    }
    ${
      closing || rating
        ? html`<h3>${msg('办结与评价', { id: 'detail.end' })}</h3>
            <p>
              ${closing ? reasonName(closing.reason) : nothing}
              ${closing?.confirmation ? confirmationName(closing.confirmation) : nothing}
              ${closing?.note ?? nothing}
              ${rating ? msg(str`${rating.stars} 星，${starNames()[rating.stars - 1] ?? ''}`, { id: 'detail.rated' }) : nothing}
              ${rating?.text ?? nothing}
            </p>`
        : nothing
    }
    <h3>${msg('办理经过', { id: 'detail.timeline' })}</h3>
    <table class="events">
      <tbody>
        ${events.map(
          (event) =>
            html`<tr>
              <td>${absolute(new Date(event.at))}</td>
              <td>${event.actor.id === 'system' ? msg('系统', { id: 'event.system' }) : event.actor.name}</td>
              <td>${sentence(event)}${said(event) ? html`<br />${said(event)}` : nothing}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <footer>${msg(str`打印于 ${absolute(new Date(now))}`, { id: 'sheet.at' })}</footer>
  </main>`
}
