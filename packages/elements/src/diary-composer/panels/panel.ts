import type { ReactiveControllerHost, TemplateResult } from 'lit'
import type { Desk } from '../model/desk.ts'
import type { Draft } from '../model/draft.ts'

/** What a part of the form that is loaded when first used may do with the composer. */
export interface ComposerHost extends ReactiveControllerHost {
  readonly draft: Draft
  readonly desk?: Desk | undefined
  readonly renderRoot: HTMLElement | DocumentFragment
  change(part: Partial<Draft>): void
  /** Says something below the form, and to screen readers; with a way back where there is one. */
  say(text: string, how?: { bad?: boolean; undo?: () => void }): void
  /** Puts a refused diary back into the form. */
  mend(id: string): Promise<void>
}

/** A part of the form. */
export interface Panel {
  render(): TemplateResult
}
