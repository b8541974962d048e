import type { ReactiveControllerHost, TemplateResult } from 'lit'
import type { Status } from '../diary-composer.view.ts'
import type { Draft } from '../model/draft.ts'
import type { Flow } from '../model/flow.ts'
import type { Panels } from './panels.ts'

/** What the parts of the composer that are loaded later may do with it. */
export interface ComposerHost extends ReactiveControllerHost, EventTarget {
  readonly draft: Draft
  readonly flow?: Flow | undefined
  /** The parts of the form that are not needed at first sight. */
  readonly panels: Panels
  /** Whether the diary is being handed over: the draft must not be touched. */
  readonly publishing: boolean
  readonly renderRoot: HTMLElement | DocumentFragment
  addPhotos(files: readonly File[]): Promise<void>
  /** Changes the form as a person would; the draft is saved soon after. */
  change(part: Partial<Draft>): void
  /** Puts a draft on the screen. */
  fill(draft: Draft): void
  /** Clears the form; the area stays chosen. */
  empty(): void
  /** Nothing is left to save. */
  saved(): void
  /** Says something below the form, and to screen readers; with a way back where there is one. */
  say(text: string, how?: Omit<Status, 'text'>): void
  focus(): void
}

/** A part of the form. */
export interface Panel {
  render(): TemplateResult
}
