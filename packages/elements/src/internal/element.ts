import type { Client } from '@minqing/client'
import { LitElement, nothing, render, type CSSResultGroup, type CSSResultOrNative } from 'lit'
import { property } from 'lit/decorators.js'
import { configuration, onConfigure, type Locale } from '../configure.ts'
import { scopeOf } from '../scope/find.ts'
import { version } from '../version.ts'
import type { Share } from './clients.ts'
import { localeReady, setLocale, updateWhenLocaleChanges } from './localize.ts'
import { base, tokens } from './styles.ts'

const ignore = () => undefined
const release = (share?: Share) => share?.release()

/**
 * What all widgets have in common: where the server is, as whom, in which language and look.
 *
 * @cssproperty --mq-accent - Color of buttons, links and marks; needs a contrast of 4.5:1 to the surface
 * @cssproperty --mq-on-accent - Color of text on the accent
 * @cssproperty --mq-tint - Soft background of chosen and noted things
 * @cssproperty --mq-surface - Background of cards and fields
 * @cssproperty --mq-sunken - Background of what lies below the surface
 * @cssproperty --mq-text - Color of text
 * @cssproperty --mq-muted - Color of minor text
 * @cssproperty --mq-line - Color of card borders and separators
 * @cssproperty --mq-edge - Color of field borders
 * @cssproperty --mq-danger - Color of errors and of what is overdue
 * @cssproperty --mq-danger-tint - Background of errors
 * @cssproperty --mq-warn - Color of warnings
 * @cssproperty --mq-warn-tint - Background of warnings
 * @cssproperty --mq-radius - Corner radius of cards, fields and buttons
 * @cssproperty --mq-font - Font family
 */
export abstract class MqElement extends LitElement {
  /** Version of the package that this widget came from. */
  static readonly version: string = version

  static override styles: CSSResultGroup = [tokens, base]

  /** Lit looks for sheets that are named twice and for those of other makes, which ours never are, while a page loads. */
  protected static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    return [styles ?? []].flat(9) as CSSResultOrNative[]
  }

  /** Origin (and path prefix) of the server. Without it, what `configure` said, or else the page's own origin. */
  @property({ attribute: 'base-url' }) baseUrl?: string

  /** Address on the host that answers with a token of the person who is signed in; see the token guide. */
  @property({ attribute: 'token-url' }) tokenUrl?: string

  /** Language. A page has one: the last widget that sets it decides. */
  @property() locale?: Locale

  /** Area code of 2 to 17 digits. */
  @property() area?: string

  /** Larger text (18 px and more) and larger targets (56 px). */
  @property({ type: Boolean, reflect: true }) elder = false

  /** Colors; without it they follow the system. */
  @property({ reflect: true }) theme?: 'light' | 'dark'

  private share?: Promise<Share> | undefined
  /** The last share that was taken. */
  private held?: Share
  /** Whether it is in a page, and not taken down. */
  protected isAwake = false
  private isBlank = false
  /** What stands in the area's place for want of an attribute. */
  private areaAround?: string | undefined
  private forgetConfigure?: () => void
  private forgetOnline?: () => void

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  /**
   * The client of this widget's server and person, shared with the page's other widgets. Its code is loaded at the
   * first call; a failed load is tried again at the next.
   */
  protected client(): Promise<Client> {
    const before = this.share
    const share = import('./clients.ts').then(({ acquire }) => {
      // Late: nobody would give it back.
      if (!this.isAwake) throw new Error('at rest')
      return (this.held = acquire(this))
    })
    this.share = share
    // Given back after the new one is taken: the same client is not closed in between.
    void share
      .catch(ignore)
      .then(() => before)
      .then(release, ignore)
    return share.then(({ client }) => client)
  }

  /** Called when another server or person is to be used: what was read from the old one has to go. */
  protected connectionChanged?(): void

  /** Called when the widget is to work: it is in a page, or again in one. What it takes there `rest` gives back. */
  protected wake?(): void

  /**
   * Called when the widget has left the page, perhaps only to be moved, or was taken `down` while it stays in the page:
   * then nothing may be left of what it showed.
   */
  protected rest?(down: boolean): void

  /** Does something, once, when the line comes back, unless the widget rests by then. */
  protected whenOnline(work: () => void): void {
    this.forgetOnline?.()
    addEventListener('online', work, { once: true })
    this.forgetOnline = () => removeEventListener('online', work)
  }

  override connectedCallback(): void {
    this.forgetConfigure = onConfigure(() => this.adopt())
    this.adopt()
  }

  override disconnectedCallback(): void {
    this.forgetConfigure?.()
    this.sleep(false)
  }

  /** Goes by what the page and the scope around say now. */
  private adopt(): void {
    const page = configuration()
    if (!page) return this.sleep(true)
    const { elder, theme } = page
    const scope = scopeOf(this)
    if (elder !== undefined) this.elder = elder
    if (theme !== undefined) this.theme = theme === 'auto' ? undefined : theme
    const locale = scope?.getAttribute('locale') ?? page.locale
    if (locale && !this.locale) setLocale(locale)
    const area = scope?.getAttribute('area') ?? undefined
    if (this.area === this.areaAround) this.area = this.areaAround = area
    if (!this.isAwake) {
      this.isAwake = true
      super.connectedCallback()
      if (this.isBlank) this.requestUpdate()
      this.isBlank = false
      this.wake?.()
    }
    this.follow()
  }

  private sleep(down: boolean): void {
    if (!this.isAwake) return
    this.isAwake = false
    super.disconnectedCallback()
    this.rest?.(down)
    this.forgetOnline?.()
    // One that is only moved in the page is back within the turn.
    if (down) this.giveBack()
    else setTimeout(() => this.giveBack())
    this.isBlank = down
    if (down) render(nothing, this.renderRoot, this.renderOptions)
  }

  private giveBack(): void {
    if (this.isAwake) return
    void this.share?.then(release, ignore)
    this.share = undefined
  }

  /** Goes over to another server or person, if it is another. */
  private follow(): void {
    if (!this.isAwake || !this.held || this.held.suits()) return
    this.client().catch(ignore)
    this.connectionChanged?.()
  }

  /** While all is taken down nothing is drawn. */
  protected override shouldUpdate(): boolean {
    return !!configuration()
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('locale') && this.locale) setLocale(this.locale)
    if (changed.has('baseUrl') || changed.has('tokenUrl')) this.follow()
  }

  /** Waits for the language, so that nobody sees the other one flash by. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.locale) setLocale(this.locale)
    await localeReady()
    await super.scheduleUpdate()
  }
}
