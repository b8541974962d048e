/** The parts of `ZWJSBridge` (zwjsbridge.js 1.1) that are used, as its public documentation and open code show them. */
export interface ZwjsBridge {
  /** Before it has called back nothing else may be called. */
  onReady(told: () => void): void
  /** The ticket of single sign-on; `result` is false where the container knows none. */
  ssoTicket(): Promise<{ result: boolean; ticketId?: string }>
  /** Rejects with `errorCode` 1001 (not allowed) or 1002 (not found). Some versions answer with text. */
  getLocation(): Promise<{ longitude: number | string; latitude: number | string }>
  /** Base64 of the photos, in `picSrc`. */
  chooseImage(how: { upload: boolean }): Promise<{ picSrc?: string[] | string }>
  getUiStyle(how: object): Promise<{ uiStyle: string }>
  close(): Promise<unknown>
}

/** One call of `mgop` (package `@aligov/jssdk-mgop`): always a POST with a JSON body. */
export interface MgopCall {
  api: string
  appKey: string
  host?: string
  header?: Record<string, string>
  data: unknown
  onSuccess(answer: { api?: string; data?: unknown; ret?: string[] } | ''): void
  onFail(problem: unknown): void
}
export type Mgop = (call: MgopCall) => void
