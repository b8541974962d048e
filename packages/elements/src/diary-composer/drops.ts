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
 * Photos that are pasted into the form or dropped on it, until the returned function is called. Loaded after the form is
 * drawn: nobody drops anything before they see it.
 */
export function takeDrops(root: HTMLElement | DocumentFragment, take: Take): () => void {
  addStyles({ renderRoot: root }, dropStyles)
  const mark = (isOver: boolean) => root.querySelector('form')?.classList.toggle('drop', isOver)
  const takeFrom = (event: Event, data: DataTransfer | null) => {
    mark(false)
    if (!data?.files.length) return
    event.preventDefault()
    take([...data.files])
  }
  const listeners = {
    paste: (event: ClipboardEvent) => takeFrom(event, event.clipboardData),
    drop: (event: DragEvent) => takeFrom(event, event.dataTransfer),
    dragleave: () => mark(false),
    dragover: (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      mark(true)
    },
  }
  const all = Object.entries(listeners) as [string, (event: Event) => void][]
  for (const [type, listener] of all) root.addEventListener(type, listener)
  return () => {
    for (const [type, listener] of all) root.removeEventListener(type, listener)
  }
}
