import type { MgopCall, ZwjsBridge } from './bridge.ts'

export interface FakeZheliban {
  readonly bridge: ZwjsBridge
  readonly mgop: (call: MgopCall) => void
  /** Names of the calls, in their order. */
  readonly calls: string[]
  /** What went through the gateway. */
  readonly sent: unknown[]
  /** Calls that fail from now on, as they do when a person says no; `mgop` for the gateway. */
  readonly refuses: Set<keyof ZwjsBridge | 'mgop'>
}

export interface FakeZhelibanOptions {
  ticketId?: string
  /** In GCJ-02, as strings, which some containers answer with. */
  position?: { longitude: string; latitude: string }
  /** Base64 of what the person picks. */
  photos?: string[]
  uiStyle?: 'normal' | 'elder'
  /** Address of a server that opens envelopes: what the gateway forwards to. */
  serverUrl?: string
}

/** The gateway: it forwards the data as the body of a POST, and knows no status but success. */
async function forward(serverUrl: string | undefined, { api, data }: MgopCall): Promise<object> {
  if (serverUrl === undefined) throw Object.assign(new Error(), { api, ret: ['3005::应用不存在'] })
  const answer = await fetch(`${serverUrl}/v1/envelope`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
  })
  if (!answer.ok) throw Object.assign(new Error(), { api, ret: ['4002::远程调用业务系统异常'] })
  return { api, data: (await answer.json()) as unknown, ret: ['1000::调用成功'] }
}

/** A host to test pages with: what a phone with 浙里办 would answer. */
export function fakeZheliban(options: FakeZhelibanOptions = {}): FakeZheliban {
  const { ticketId = 'ticket-1', photos = [], uiStyle = 'normal', serverUrl } = options
  const position = options.position ?? { longitude: '120.580232', latitude: '30.001523' }
  const calls: string[] = []
  const sent: unknown[] = []
  const refuses: FakeZheliban['refuses'] = new Set()
  let isReady = false
  const answer = <T>(name: keyof ZwjsBridge, value: T): Promise<T> => {
    calls.push(name)
    if (!isReady) return Promise.reject(new Error(`${name} was called before onReady`))
    return refuses.has(name) ? Promise.reject(new Error('errorCode 1001')) : Promise.resolve(value)
  }
  return {
    calls,
    sent,
    refuses,
    bridge: {
      onReady: (told) => {
        calls.push('onReady')
        if (refuses.has('onReady')) return
        setTimeout(() => {
          isReady = true
          told()
        })
      },
      ssoTicket: () => answer('ssoTicket', { result: true, ticketId }),
      getLocation: () => answer('getLocation', position),
      chooseImage: () => answer('chooseImage', { picSrc: photos }),
      getUiStyle: () => answer('getUiStyle', { uiStyle }),
      close: () => answer('close', {}),
    },
    mgop: (call) => {
      sent.push(call.data)
      if (refuses.has('mgop')) return call.onFail({ api: call.api, ret: ['4001::服务请求超时'] })
      forward(serverUrl, call).then(call.onSuccess, call.onFail)
    },
  }
}
