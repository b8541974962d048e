/**
 * The parts of `dd` that are used, with the shapes that gdt-jsapi 1.9 declares. That package has no license, so it is
 * neither imported nor bundled: the page brings `dd` itself.
 */
export interface GovDingTalk {
  ready(told: () => void): void
  /** Which of the two names the code has differs between versions. */
  getAuthCode(how: { corpId: string }): Promise<{ code?: string; auth_code?: string }>
  /** `coordinate: 1` asks for GCJ-02. A failure may also resolve, with an `errorCode` other than 0. */
  getGeolocation(how: {
    targetAccuracy: number
    coordinate: 0 | 1
    withReGeocode: boolean
    useCache: boolean
  }): Promise<{
    longitude: number
    latitude: number
    accuracy?: number
    errorCode?: number
    errorMessage?: string
  }>
  /** Paths on the device, for the calls of the same app only. */
  chooseLocalImage(how: {
    count: number
    sourceType: ('camera' | 'album')[]
  }): Promise<{ apFilePaths?: readonly string[] }>
  readImageToBase64(what: { filePath: string }): Promise<{ base64: string }>
  closePage(how: object): Promise<unknown>
}
