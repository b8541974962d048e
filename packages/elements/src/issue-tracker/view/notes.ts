import type { WaitingNote } from '@minqing/client'
import { html, nothing, type TemplateResult } from 'lit'
import { msg } from '../../internal/localize.ts'
import { sentenceOf } from '../../internal/problem-text.ts'
import { absolute } from '../../internal/time.ts'
import { deeds } from '../actions/deeds.ts'
import type { TrackerBody } from '../body.ts'
import type { Opened } from '../model/opened.ts'

/** Progress notes that are on this device and not on the server yet. */
export function notesView(body: TrackerBody, { issue }: Opened): TemplateResult | typeof nothing {
  const { controller } = body
  const waiting = controller.notes.filter(({ input }) => input.issue === issue?.id)
  if (!waiting.length || !issue) return nothing
  const isClosed = ({ problem }: WaitingNote) =>
    problem?.code === 'entry_locked' || problem?.code === 'entry_damaged'
  const retry = async (note: WaitingNote) => {
    const { notes } = await controller.client()
    // What cannot be opened now can be tried again: the key may be there.
    return isClosed(note) ? notes.flush() : notes.retry(note.id)
  }
  /** All of it goes back into the form. The note itself stays here until what came of it is safe. */
  const takeBack = async ({ id, input }: WaitingNote) => {
    const deed = deeds.find(({ operation }) => operation === 'addProgress')!
    try {
      const [{ openDialog }, { notes }] = await Promise.all([
        import('../actions/dialog.ts'),
        controller.client(),
      ])
      const { issue: _, area: __, ...said } = input
      const photos = await notes.photos(id)
      const values = { ...said, photos: photos.map((photo) => ({ ...photo, name: '' })) }
      openDialog(body, deed, issue, values, () => notes.discard(id))
    } catch (problem) {
      controller.sayProblem(problem)
    }
  }
  return html`<section class="box waiting">
    <h3>${msg('待送达的办理反馈', { id: 'notes.title' })}</h3>
    <ul class="parts">
      ${waiting.map(
        (note) =>
          html`<li>
            <blockquote>${note.input.note}</blockquote>
            <p class="small">${absolute(new Date(note.enqueuedAt))}</p>
            ${
              note.state === 'parked'
                ? html`<p class="problem">${note.problem ? sentenceOf(note.problem) : nothing}</p>
                    <div class="chips">
                      <button class="button quiet" @click=${() => void retry(note)}>
                        ${msg('重试', { id: 'common.retry' })}
                      </button>
                      ${
                        isClosed(note)
                          ? nothing
                          : html`<button class="button quiet" @click=${() => void takeBack(note)}>
                              ${msg('收回修改', { id: 'notes.takeBack' })}
                            </button>`
                      }
                    </div>`
                : html`<p class="small">
                    ${controller.isOffline || note.attempts ? msg('已存在本机，联网后自动送达', { id: 'notes.waiting' }) : msg('正在送达…', { id: 'notes.sending' })}
                  </p>`
            }
          </li>`,
      )}
    </ul>
  </section>`
}
