import type { Diary } from '@minqing/core'
import { LitElement, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { addStyles } from '../../internal/lazy-styles.ts'
import { updateWhenLocaleChanges } from '../../internal/localize.ts'
import type { FeedBody } from '../body.ts'
import { panelStyles } from './panel.styles.ts'

/** The panels that open in a card, by tag. */
interface PanelTags {
  'mq-diary-comments': unknown
  'mq-diary-editor': unknown
  'mq-diary-forward': unknown
  'mq-diary-history': unknown
}

/**
 * A part of the feed that is loaded when it is first used. It renders into the feed's own shadow root, so that the
 * feed's look and the host's `::part` rules hold for it too.
 */
export abstract class FeedPanel extends LitElement {
  /** @internal The feed around it. */
  @property({ attribute: false }) feed!: FeedBody
  /** @internal The diary it is about, as it was when it opened. */
  @property({ attribute: false }) diary!: Diary

  /** Opened, but the field that the focus belongs to is not there yet. */
  private awaitsField = false

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected get controller() {
    return this.feed.controller
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addStyles(this.feed, panelStyles)
  }

  /** Moves the focus in when the person has opened it: to the field, even if that comes a moment later. */
  focusFirst(): void {
    const field = this.querySelector<HTMLElement>('textarea')
    this.awaitsField = !field
    const first = field ?? this.querySelector<HTMLElement>('button')
    first?.focus({ preventScroll: true })
  }

  private focusLate(): void {
    const field = this.querySelector<HTMLElement>('textarea')
    if (!field) return
    this.awaitsField = false
    // Only if the person has not gone elsewhere meanwhile.
    const { activeElement } = this.getRootNode() as ShadowRoot
    if (!activeElement || this.closest('article')?.contains(activeElement))
      field.focus({ preventScroll: true })
  }

  /** Takes it away and gives the focus back to its card. */
  protected leave(): void {
    const card = this.closest('article')
    this.remove()
    for (const button of card?.querySelectorAll('footer [aria-expanded]') ?? []) {
      if (!card!.querySelector('.panels > :not([hidden])')) button.setAttribute('aria-expanded', 'false')
    }
    this.feed.resized()
    card?.focus({ preventScroll: true })
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.awaitsField) this.focusLate()
    this.feed.resized()
  }
}

const loaders: Record<keyof PanelTags, () => Promise<unknown>> = {
  'mq-diary-comments': () => import('./comments.ts'),
  'mq-diary-editor': () => import('./editor.ts'),
  'mq-diary-forward': () => import('./forward.ts'),
  'mq-diary-history': () => import('./history.ts'),
}

/** Opens a panel in a card, or closes it when it is open. Tells whether it is open now. */
export async function togglePanel(
  tag: keyof PanelTags,
  feed: FeedBody,
  diary: Diary,
  button: HTMLElement,
  card: HTMLElement,
): Promise<boolean> {
  await loaders[tag]()
  const earlier = card.querySelector<FeedPanel>(tag)
  const panel = earlier ?? (document.createElement(tag) as FeedPanel)
  // Closing only hides it: what was typed is there again when it is opened.
  panel.hidden = !!earlier && !earlier.hidden
  button.setAttribute('aria-expanded', `${!panel.hidden}`)
  feed.resized()
  if (panel.hidden) return false
  panel.feed = feed
  panel.diary = earlier?.diary ?? diary
  if (!earlier) card.querySelector('.panels')!.append(panel)
  await panel.updateComplete
  panel.focusFirst()
  return true
}
