import type { AtRest } from '@minqing/client'
import { configuration, type Configuration } from '../configure.ts'
import type { MqScope } from '../scope/scope.ts'
import { scopeOf } from '../scope/find.ts'
import { advise } from './advice.ts'
import { service } from './services.ts'

/** How to reach a server as a person. Widgets that say the same share one client: one outbox, one live connection. */
export interface Connection {
  baseUrl: string
  getToken?: Configuration['getToken'] | undefined
  tokenUrl?: string | undefined
  fetch?: typeof fetch | undefined
  atRest?: AtRest | undefined
}

/** What a widget says of its connection itself. */
export interface Connected extends Element {
  baseUrl?: string
  tokenUrl?: string
}

export const isSame = (a: Connection, b: Connection): boolean =>
  (['baseUrl', 'getToken', 'tokenUrl', 'fetch', 'atRest'] as const).every((part) => a[part] === b[part])

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
  const way = { baseUrl, fetch: page.fetch, atRest: service('atRest') }
  if (widget.tokenUrl) return { ...way, tokenUrl: widget.tokenUrl }
  if (scope?.getToken) return { ...way, getToken: scope.getToken }
  const tokenUrl = scope?.getAttribute('token-url')
  if (tokenUrl) return { ...way, tokenUrl }
  if (around !== pageUrl) return way
  if (page.getToken) return { ...way, getToken: page.getToken }
  return { ...way, tokenUrl: page.tokenUrl }
}
