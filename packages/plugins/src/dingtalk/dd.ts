/** The parts of `dd` (dingtalk-jsapi 3) that are used. A test holds them against the vendor's types. */
export interface DingTalk {
  ready(told: () => void): void
  /** Versions before 3 call it `code`. */
  getAuthCode(how: { corpId: string }): Promise<{ authCode?: string; code?: string }>
  /** `coordinate: '1'` asks for GCJ-02. Numbers come as text. */
  getLocation(how: {
    type: number
    useCache: boolean
    coordinate: string
    cacheTimeout: number
    withReGeocode: boolean
    targetAccuracy: string
  }): Promise<{ longitude: string | number; latitude: string | number; accuracy: string | number }>
  closePage(how: object): Promise<unknown>
}
