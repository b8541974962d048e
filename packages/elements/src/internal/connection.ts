import { configuration, type Configuration } from '../configure.ts'
import type { MqScope } from '../scope/scope.ts'
import { scopeOf } from '../scope/find.ts'
import { advise } from './advice.ts'

/** How to reach a server as a person. Widgets that say the same share one client: one outbox, one live connection. */
export interface Connection {
  baseUrl: string
  getToken?: Configuration['getToken'] | undefined
  tokenUrl?: string | undefined
  fetch?: typeof fetch | undefined
}

/** What a widget says of its connection itself. */
export interface Connected extends Element {
  baseUrl?: string
  tokenUrl?: string
}

export const isSame = (a: Connection, b: Connection): boolean =>
  a.baseUrl === b.baseUrl && a.getToken === b.getToken && a.tokenUrl === b.tokenUrl && a.fetch === b.fetch

/** An address without the slash at its end, or what stands in for one that is none. */
function absolute(url: string, otherwise: string): string {
  try {
    return new URL(url, location.href).href.replace(/\/$/, '')
  } catch {
    advise(`"${url}" is no address of a server; ${otherwise} is used.`)
    return otherwise
  }
}

/**
 * Where a widget's server is, and as whom: what the widget says, then the nearest scope, then the page. A scope with a
 * server of its own does not get the page's token, which was given for another one.
 *
 * @throws after `destroy`
 */
export function connectionOf(widget: Connected): Connection {
  const page = configuration()
  if (!page) throw new Error('minqing was taken down')
  const scope = scopeOf(widget) as MqScope | null
  const scopeUrl = scope?.getAttribute('base-url')
  const pageUrl = absolute(page.baseUrl ?? '/', location.origin)
  const around = scopeUrl === null || scopeUrl === undefined ? pageUrl : absolute(scopeUrl, pageUrl)
  const baseUrl = widget.baseUrl === undefined ? around : absolute(widget.baseUrl, around)
  const { fetch } = page
  if (widget.tokenUrl) return { baseUrl, tokenUrl: widget.tokenUrl, fetch }
  if (scope?.getToken) return { baseUrl, getToken: scope.getToken, fetch }
  const tokenUrl = scope?.getAttribute('token-url')
  if (tokenUrl) return { baseUrl, tokenUrl, fetch }
  if (around !== pageUrl) return { baseUrl, fetch }
  if (page.getToken) return { baseUrl, getToken: page.getToken, fetch }
  return { baseUrl, tokenUrl: page.tokenUrl, fetch }
}
