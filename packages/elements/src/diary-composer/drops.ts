import { css } from 'lit'
import { addStyles } from '../internal/lazy-styles.ts'

const dropStyles = css`
  .drop .card {
    border-color: var(--_accent);
    outline: 2px dashed var(--_accent);
  }
`

type Take = (files: readonly File[]) => unknown

/**
 * Photos that are pasted into the form or dropped on it. The listeners are on its own root and end with it. Loaded after
 * the form is drawn: nobody drops anything before they see it.
 */
export function takeDrops(root: HTMLElement | DocumentFragment, take: Take): void {
  addStyles({ renderRoot: root }, dropStyles)
  const mark = (isOver: boolean) => root.querySelector('form')?.classList.toggle('drop', isOver)
  const takeFrom = (event: Event, data: DataTransfer | null) => {
    mark(false)
    if (!data?.files.length) return
    event.preventDefault()
    take([...data.files])
  }
  const on = <E extends Event>(type: string, listener: (event: E) => void) =>
    root.addEventListener(type, listener as (event: Event) => void)

  on('paste', (event: ClipboardEvent) => takeFrom(event, event.clipboardData))
  on('drop', (event: DragEvent) => takeFrom(event, event.dataTransfer))
  on('dragleave', () => mark(false))
  on('dragover', (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    mark(true)
  })
}
