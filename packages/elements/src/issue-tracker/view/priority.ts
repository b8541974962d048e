import type { Issue, PriorityReason } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { levelName } from './words.ts'

const reasons: Record<PriorityReason['rule'], (detail: string) => string> = {
  hazard: (detail) => msg(str`含危险词：${detail}`, { id: 'priority.hazard' }),
  category: (detail) => msg(str`类别：${detail}`, { id: 'priority.category' }),
  vulnerable: (detail) => msg(str`涉及特殊群体：${detail}`, { id: 'priority.vulnerable' }),
  similar: (detail) => msg(str`附近有 ${detail} 件相似事项`, { id: 'priority.similar' }),
  waiting: (detail) => msg(str`已等待 ${detail} 天`, { id: 'priority.waiting' }),
  reopened: (detail) => msg(str`已重办 ${detail} 次`, { id: 'priority.reopened' }),
}

export const reasonWords = ({ rule, detail }: PriorityReason): string => reasons[rule](detail)

/** [I13] The score as the sum that it is, and the dispatcher's word where there is one. */
export function priorityView({ priority }: Issue): TemplateResult {
  const { score, level, override } = priority
  return html`<section class="box">
    <h3>${msg('赋分', { id: 'detail.priority' })}</h3>
    <p class="score" data-level=${level}>
      <strong>${score}</strong> <span>${msg(str`分 · ${levelName(level)}`, { id: 'detail.points' })}</span>
    </p>
    ${
      priority.reasons.length
        ? html`<ul class="sum">
            ${priority.reasons.map(
              (reason) =>
                html`<li>
                  <span>${reasonWords(reason)}</span><b>${reason.points > 0 ? '+' : ''}${reason.points}</b>
                </li>`,
            )}
          </ul>`
        : html`<p class="small">${msg('没有加分项', { id: 'detail.noReasons' })}</p>`
    }
    ${
      override
        ? html`<p class="note">
            ${msg(str`${override.by.name}调整为 ${override.score} 分：${override.reason}`, { id: 'detail.override' })}
          </p>`
        : nothing
    }
  </section>`
}
