import { definePlugin, type CoordinateSystem, type PluginContext } from '@minqing/elements/plugins'
import { photoFromBase64 } from '../internal/base64.ts'
import { whenReady } from '../internal/ready.ts'
import type { ZwjsBridge } from './bridge.ts'
import { gatewayTransport, type Gateway } from './transport.ts'

export type { Mgop, MgopCall, ZwjsBridge } from './bridge.ts'
export type { Gateway } from './transport.ts'

export interface ZhelibanOptions {
  /** The page's `ZWJSBridge` unless told. */
  bridge?: ZwjsBridge
  /** Sends all requests through mgop. Without it they go to the server directly. */
  gateway?: Gateway
  /** Of the host's positions; `gcj02` unless told. */
  system?: CoordinateSystem
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    zheliban: ZhelibanOptions | undefined
  }
}

const listOf = (sources: string[] | string | undefined): string[] =>
  sources === undefined ? [] : typeof sources === 'string' ? [sources] : sources

function offerAll({ offer }: PluginContext, bridge: ZwjsBridge, system: CoordinateSystem): void {
  offer('signIn', async () => {
    const { result, ticketId } = await bridge.ssoTicket()
    if (!result || !ticketId) throw new Error('The host gave no ticket.')
    return { provider: 'zheliban', code: ticketId }
  })
  offer('locate', async () => {
    const { longitude, latitude } = await bridge.getLocation()
    return { longitude: Number(longitude), latitude: Number(latitude), system }
  })
  offer('pickPhotos', async ({ max }) => {
    const { picSrc } = await bridge.chooseImage({ upload: false })
    return listOf(picSrc)
      .slice(0, max)
      .map((source, n) => photoFromBase64(source, n + 1))
  })
  offer('close', async () => {
    await bridge.close()
  })
}

/** 浙里办: sign-on ticket, position, photos, elder style, and requests through the gateway. */
export const zheliban = definePlugin<'zheliban', ZhelibanOptions | undefined>({
  name: 'zheliban',
  async setup(context, options = {}) {
    const { gateway, system = 'gcj02' } = options
    // first of all, so that no request leaves another way
    if (gateway) context.offer('transport', gatewayTransport(gateway))
    const bridge = options.bridge ?? (globalThis as { ZWJSBridge?: ZwjsBridge }).ZWJSBridge
    if (!bridge) {
      return context.warn('ZWJSBridge is not on this page; what it offers is left to the browser.')
    }
    try {
      await whenReady((told) => bridge.onReady(told), context.signal)
    } catch (error) {
      return context.signal.aborted
        ? undefined
        : context.warn('ZWJSBridge did not get ready; what it offers is left to the browser.', error)
    }
    offerAll(context, bridge, system)
    try {
      const { uiStyle } = await bridge.getUiStyle({})
      // the page may have chosen the elder style itself: a host in its usual style does not take it away
      if (uiStyle === 'elder') context.offer('style', { elder: true })
    } catch (error) {
      context.warn('the host did not tell whether the elder style is wanted.', error)
    }
  },
})
