import { changed, type Configuration, type Locale } from '../configure.ts'
import { version } from '../version.ts'

type GetToken = Configuration['getToken']

/** An attribute as a property. */
const attribute = (name: string) => ({
  get(this: Element) {
    return this.getAttribute(name) ?? undefined
  },
  set(this: Element, value: string | null | undefined) {
    if (value === null || value === undefined) this.removeAttribute(name)
    else this.setAttribute(name, value)
  },
  configurable: true,
  enumerable: true,
})

/**
 * Another server, person, language or area for the widgets inside, however deep, through shadow roots: two back ends on
 * one page. What it leaves out comes from `configure`, except that the page's token is not sent to another server. An
 * attribute of a widget goes before it. It shows nothing of its own.
 *
 * @summary Another server or person for the widgets inside
 * @tag mq-scope
 *
 * @attr {string} base-url - Origin (and path prefix) of the server of the widgets inside
 * @attr {string} token-url - Address on the host that answers with a token for that server
 * @attr {'zh-CN' | 'en'} locale - Language; a page has one, and the last that is set decides
 * @attr {string} area - Area code of 2 to 17 digits, for widgets inside that have none of their own
 *
 * @slot - The widgets, and whatever else of the page
 */
export class MqScope extends HTMLElement {
  /** Version of the package that this element came from. */
  static readonly version: string = version

  static readonly observedAttributes: readonly string[] = ['base-url', 'token-url', 'locale', 'area']

  /** Origin (and path prefix) of the server of the widgets inside. */
  declare baseUrl?: string | undefined

  /** Address on the host that answers with a token for that server. */
  declare tokenUrl?: string | undefined

  /** Language; a page has one, and the last that is set decides. */
  declare locale?: Locale | undefined

  /** Area code of 2 to 17 digits, for widgets inside that have none of their own. */
  declare area?: string | undefined

  private token: GetToken

  constructor() {
    super()
    // Set by a framework before this code arrived.
    for (const name of ['getToken', 'baseUrl', 'tokenUrl', 'locale', 'area'] as const) {
      const early = Object.getOwnPropertyDescriptor(this, name)
      if (!early || !Reflect.deleteProperty(this, name)) continue
      // The constructor of an element may not set attributes; nobody has seen it yet.
      queueMicrotask(() => Object.assign(this, { [name]: early.value as unknown }))
    }
  }

  /** Answers with a token for that server; goes before `token-url`. */
  get getToken(): GetToken {
    return this.token
  }

  set getToken(value: GetToken) {
    this.token = value
    changed()
  }

  connectedCallback(): void {
    // It lays out as if it were not there. Set by script: a strict policy refuses styles in attributes.
    this.style.display ||= 'contents'
    changed()
  }

  disconnectedCallback(): void {
    changed()
  }

  attributeChangedCallback(): void {
    if (this.isConnected) changed()
  }
}

Object.defineProperties(MqScope.prototype, {
  baseUrl: attribute('base-url'),
  tokenUrl: attribute('token-url'),
  locale: attribute('locale'),
  area: attribute('area'),
})

declare global {
  interface HTMLElementTagNameMap {
    'mq-scope': MqScope
  }
}
