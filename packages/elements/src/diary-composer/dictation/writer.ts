/** Puts words into a text field, as typing does, and never into the middle of what an input method composes. */
export class Writer {
  private readonly field: HTMLTextAreaElement
  private readonly button: HTMLElement
  private isComposing = false
  private waiting = ''

  /** @param button holds what is pressed to speak; from there the focus may go to the field and back */
  constructor(field: HTMLTextAreaElement, button: HTMLElement) {
    this.field = field
    this.button = button
    field.addEventListener('compositionstart', this.onStart)
    field.addEventListener('compositionend', this.onEnd)
  }

  end(): void {
    this.field.removeEventListener('compositionstart', this.onStart)
    this.field.removeEventListener('compositionend', this.onEnd)
  }

  private readonly onStart = () => {
    this.isComposing = true
  }

  private readonly onEnd = () => {
    this.isComposing = false
    // Once the field has taken in what was composed.
    setTimeout(() => this.write(''))
  }

  /** Writes at the caret, or when the input method is done. */
  write(words: string): void {
    this.waiting += words
    const { field, waiting, isComposing } = this
    if (!waiting || isComposing || field.readOnly) return
    this.waiting = ''
    const active = (field.getRootNode() as ShadowRoot).activeElement as HTMLElement | null
    // Who writes elsewhere meanwhile, perhaps with an input method, keeps the focus.
    if (active !== field && !this.button.contains(active)) return this.insert(waiting)
    // The browser's own way of typing can be taken back by Ctrl+Z; it works on what has the focus.
    field.focus({ preventScroll: true })
    if (!document.execCommand('insertText', false, waiting)) this.insert(waiting)
    active?.focus({ preventScroll: true })
  }

  private insert(words: string): void {
    const { field } = this
    field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: words }))
  }
}
