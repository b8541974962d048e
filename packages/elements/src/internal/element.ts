import type { Client } from '@minqing/client'
import { LitElement, type CSSResultGroup } from 'lit'
import { property } from 'lit/decorators.js'
import { configuration, onConfigure, type Locale } from '../configure.ts'
import { version } from '../version.ts'
import type { Connection, Share } from './clients.ts'
import { localeReady, setLocale, updateWhenLocaleChanges } from './localize.ts'
import { base, tokens } from './styles.ts'

const fields = ['baseUrl', 'getToken', 'tokenUrl', 'fetch'] as const
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
 * @cssproperty --mq-radius - Corner radius of cards, fields and buttons
 * @cssproperty --mq-font - Font family
 */
export abstract class MqElement extends LitElement {
  /** Version of the package that this widget came from. */
  static readonly version: string = version

  static override styles: CSSResultGroup = [tokens, base]

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
  /** What the share was taken for. */
  private used?: Connection | undefined
  private forgetConfigure?: () => void

  constructor() {
    super()
    updateWhenLocaleChanges(this)
  }

  /**
   * The client of this widget's server and person, shared with the page's other widgets. Its code is loaded at the
   * first call; a failed load is tried again at the next.
   */
  protected client(): Promise<Client> {
    const connection = this.connection()
    const before = this.share
    const share = import('./clients.ts').then(({ acquire }) => acquire(connection))
    this.share = share
    this.used = connection
    // Given back after the new one is taken: the same client is not closed in between.
    void share
      .then(
        () => before,
        () => before,
      )
      .then(release, () => undefined)
    return share.then(({ client }) => client)
  }

  private connection(): Connection {
    const page = configuration()
    const { baseUrl = page.baseUrl ?? '/', tokenUrl } = this
    return {
      baseUrl: new URL(baseUrl, location.href).href.replace(/\/$/, ''),
      getToken: tokenUrl ? undefined : page.getToken,
      tokenUrl: tokenUrl ?? (page.getToken ? undefined : page.tokenUrl),
      fetch: page.fetch,
    }
  }

  /** Called when another server or person is to be used: what was read from the old one has to go. */
  protected connectionChanged?(): void

  override connectedCallback(): void {
    super.connectedCallback()
    this.forgetConfigure = onConfigure(() => this.adopt(true))
    this.adopt(false)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.forgetConfigure?.()
    void this.share?.then(release, () => undefined)
    this.share = this.used = undefined
  }

  private adopt(changed: boolean): void {
    const { elder, theme, locale } = configuration()
    if (elder !== undefined) this.elder = elder
    if (theme !== undefined) this.theme = theme === 'auto' ? undefined : theme
    if (locale && !this.locale) setLocale(locale)
    if (changed) this.follow()
  }

  /** Goes over to another server or person, if it is another. */
  private follow(): void {
    const { used } = this
    const now = this.connection()
    if (!used || fields.every((field) => used[field] === now[field])) return
    this.client().catch(() => undefined)
    this.connectionChanged?.()
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
