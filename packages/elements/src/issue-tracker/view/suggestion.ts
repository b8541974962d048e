import type { Issue, Suggestion } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { stateName } from '../../internal/issue-words.ts'
import { locale, msg, str } from '../../internal/localize.ts'
import { deedsFor } from '../actions/deeds.ts'
import type { Values } from '../actions/fields.ts'
import type { TrackerBody } from '../body.ts'
import { actionsOf } from '../model/access.ts'

type Evidence = Suggestion['categories'][number]['evidence']

/** The catalogue's words may have a gap, written `*`. */
const plainWords = (words: readonly string[]) =>
  words.map((word) => word.replace(/\*/g, '…')).join(locale() === 'en' ? ', ' : '、')

function evidenceOf(body: TrackerBody, { words, similar, count }: Evidence): TemplateResult {
  return html`${
    words.length
      ? html`<span class="small">${msg(str`文字中有：${plainWords(words)}`, { id: 'suggest.words' })}</span>`
      : nothing
  }
  ${
    count
      ? html`<span class="small"
          >${msg(str`过去 ${count} 件相似事项`, { id: 'suggest.past' })}${similar.map(
            (one) =>
              html` <button class="link small" title=${one.title} @click=${() => body.openIssue(one)}>
                ${one.number}
              </button>`,
          )}</span
        >`
      : nothing
  }`
}

const percent = (part: number) => `${Math.round(part * 100)}%`

/** What it might be, who might take it, and what is like it: each with the reason, and the way to take it up. */
export function suggestionView(
  body: TrackerBody,
  issue: Issue,
  suggestion: Suggestion,
): TemplateResult | typeof nothing {
  const { me } = body.controller
  const possible = me ? deedsFor(actionsOf(issue, me)) : []
  const use = (operation: 'triage' | 'dispatch' | 'merge', values: Values) => {
    const deed = possible.find((one) => one.operation === operation)
    if (!deed) return nothing
    const open = async () => {
      try {
        const { openDialog } = await import('../actions/dialog.ts')
        openDialog(body, deed, issue, values)
      } catch (problem) {
        body.controller.sayProblem(problem)
      }
    }
    return html`<button class="button quiet" @click=${() => void open()}>
      ${operation === 'merge' ? msg('并入', { id: 'suggest.merge' }) : msg('采用', { id: 'suggest.use' })}
    </button>`
  }
  const { categories, units, similar } = suggestion
  if (!categories.length && !units.length && !similar.length) return nothing
  return html`<section class="box">
    <h3>${msg('智能建议', { id: 'suggest.title' })}</h3>
    <p class="small">${msg('仅供参考，由您决定。', { id: 'suggest.hint' })}</p>
    <ul class="suggested">
      ${categories.slice(0, 3).map(
        ({ code, name, confidence, evidence }) =>
          html`<li>
            <span
              >${msg(str`类别：${name}`, { id: 'suggest.category' })}
              <b>${percent(confidence)}</b>${evidenceOf(body, evidence)}</span
            >
            ${use('triage', { category: code })}
          </li>`,
      )}
      ${units.slice(0, 3).map(
        ({ unit, confidence, evidence }) =>
          html`<li>
            <span
              >${msg(str`主办：${unit.name}`, { id: 'suggest.unit' })}
              <b>${percent(confidence)}</b>${evidenceOf(body, evidence)}</span
            >
            ${use('dispatch', { 'lead.unit': unit.id })}
          </li>`,
      )}
    </ul>
    ${
      similar.length
        ? html`<h4>${msg('相似的未办结事项', { id: 'suggest.similar' })}</h4>
            <ul class="suggested">
              ${similar.slice(0, 5).map(
                (one) =>
                  html`<li>
                    <span
                      ><button class="link" @click=${() => body.openIssue(one)}>${one.title}</button
                      ><br /><span class="small"
                        >${stateName(one.state)} · ${one.area.name} ·
                        ${msg(str`相似度 ${percent(one.likeness)}`, { id: 'suggest.likeness' })}</span
                      ></span
                    >
                    ${use('merge', { main: one.id })}
                  </li>`,
              )}
            </ul>`
        : nothing
    }
  </section>`
}
