import { diaryLimits } from '@minqing/core/wire'
import { html, type TemplateResult } from 'lit'
import { closeIcon } from '../../internal/icons.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg, str } from '../../internal/localize.ts'
import type { ComposerHost, Panel } from './panel.ts'
import { panelStyles } from './panel.styles.ts'

const separators = /[\n,，、;；]+/

/** Who was visited: names as chips. Enter, a comma or leaving the field makes a chip; an IME's Enter does not. */
export class VisitedPanel implements Panel {
  private readonly host: ComposerHost

  constructor(host: ComposerHost) {
    this.host = host
    addStyles(host, panelStyles)
  }

  render(): TemplateResult {
    const { visited } = this.host.draft
    const full = visited.length >= diaryLimits.visited
    return html`<div class="panel" part="visited">
      <label for="visited">${msg('走访对象', { id: 'composer.visited' })}</label>
      <div class="chips">
        ${visited.map(
          (name) =>
            html`<span class="chip"
              >${name}<button
                type="button"
                class="bare"
                aria-label=${msg(str`移除 ${name}`, { id: 'composer.visited.remove' })}
                @click=${() => this.remove(name)}
              >
                ${closeIcon}
              </button></span
            >`,
        )}
        <input
          id="visited"
          class="field"
          autocomplete="off"
          enterkeyhint="done"
          maxlength=${diaryLimits.visitedName}
          ?disabled=${full}
          placeholder=${msg('姓名，回车添加', { id: 'composer.visited.hint' })}
          @keydown=${this.onKey}
          @input=${this.onInput}
          @change=${this.onChange}
        />
      </div>
    </div>`
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const input = event.target as HTMLInputElement
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter') {
      event.preventDefault()
      this.add(input)
    } else if (event.key === 'Backspace' && !input.value) {
      const last = this.host.draft.visited.slice(-1)[0]
      if (last) this.remove(last)
    }
  }

  private readonly onInput = (event: InputEvent) => {
    if (!event.isComposing && separators.test((event.target as HTMLInputElement).value)) this.onChange(event)
  }

  private readonly onChange = (event: Event) => this.add(event.target as HTMLInputElement)

  private add(input: HTMLInputElement): void {
    const { visited } = this.host.draft
    const names = input.value.split(separators).map((name) => name.trim())
    const fresh = [...new Set(names)].filter((name) => name && !visited.includes(name))
    input.value = ''
    if (fresh.length) this.host.change({ visited: [...visited, ...fresh].slice(0, diaryLimits.visited) })
  }

  private remove(name: string): void {
    const { visited } = this.host.draft
    this.host.change({ visited: visited.filter((one) => one !== name) })
    this.host.say(msg(str`已移除 ${name}`, { id: 'composer.visited.removed' }), {
      undo: () => this.host.change({ visited }),
    })
  }
}
