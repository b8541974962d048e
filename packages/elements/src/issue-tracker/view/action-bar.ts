import type { Issue } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { msg } from '../../internal/localize.ts'
import { deedsFor, type Deed } from '../actions/deeds.ts'
import type { TrackerBody } from '../body.ts'
import { actionsOf } from '../model/access.ts'
import { moreIcon } from './icons.ts'

/** What the person may do now, and nothing else: the first as the main button, a second beside it, the rest in a menu. */
export function actionBar(body: TrackerBody, issue: Issue): TemplateResult | typeof nothing {
  const { me } = body.controller
  const possible = me ? deedsFor(actionsOf(issue, me)) : []
  if (!possible.length) return nothing
  const open = async (deed: Deed) => {
    body.menuOpen = false
    body.redraw()
    try {
      const { openDialog } = await import('../actions/dialog.ts')
      openDialog(body, deed, issue)
    } catch (problem) {
      body.controller.sayProblem(problem)
    }
  }
  const first = possible.filter(({ isGrave }) => !isGrave).slice(0, 2)
  // A menu of one would only hide it.
  const main = possible.length <= first.length + 1 ? possible : first
  const rest = possible.filter((deed) => !main.includes(deed))
  const toggle = () => {
    body.menuOpen = !body.menuOpen
    body.redraw()
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !body.menuOpen) return
    event.stopPropagation()
    toggle()
    ;(event.currentTarget as HTMLElement).querySelector<HTMLElement>('.more')?.focus()
  }
  return html`<div class="actions" part="actions" @keydown=${leave}>
    ${main.map(
      (deed, at) =>
        html`<button
          class=${deed.isGrave ? 'button second grave-text' : at ? 'button second' : 'button'}
          part="action"
          data-deed=${deed.operation}
          @click=${() => void open(deed)}
        >
          ${deed.name(issue)}
        </button>`,
    )}
    ${
      rest.length
        ? html`<button
            class="button quiet more"
            aria-expanded=${body.menuOpen}
            aria-controls="more-actions"
            @click=${toggle}
          >
            ${moreIcon}<span>${msg('更多操作', { id: 'detail.more' })}</span>
          </button>`
        : nothing
    }
    ${
      body.menuOpen && rest.length
        ? html`<ul class="menu card" id="more-actions" aria-label=${msg('更多操作', { id: 'detail.more' })}>
            ${rest.map(
              (deed) =>
                html`<li>
                  <button
                    class=${deed.isGrave ? 'button quiet grave-text' : 'button quiet'}
                    part="action"
                    data-deed=${deed.operation}
                    @click=${() => void open(deed)}
                  >
                    ${deed.name(issue)}
                  </button>
                </li>`,
            )}
          </ul>`
        : nothing
    }
  </div>`
}
