import { onServices, service } from '../../internal/services.ts'
import type { ComposerHost } from '../panels/panel.ts'

/**
 * Puts the button for speaking into the form while a host writes down what is spoken. Its code is loaded only then.
 *
 * @returns the way to take it away
 */
export function offerDictation(form: ComposerHost): () => void {
  let hasEnded = false
  let button: Promise<{ remove(): void } | undefined> | undefined
  const look = () => {
    const isWanted = !hasEnded && service('dictate') !== undefined
    if (isWanted === (button !== undefined)) return
    if (isWanted) {
      button = import('./dictation.ts').then(
        async ({ Dictation }) => {
          await form.updateComplete
          return new Dictation(form)
        },
        (error: unknown) => {
          console.warn('minqing: the part that writes down speech could not be loaded', error)
          return undefined
        },
      )
    } else {
      void button?.then((part) => part?.remove())
      button = undefined
    }
  }
  const forget = onServices(look)
  look()
  return () => {
    hasEnded = true
    forget()
    look()
  }
}
