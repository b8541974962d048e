/** What all calls tell. */
interface Told<T> {
  success(found: T): void
  fail?(problem: { errMsg: string }): void
  /** The person went back. */
  cancel?(): void
}

/** The parts of `wx` (JS-SDK 1.6) that are used. A test holds them against the types of weixin-js-sdk. */
export interface Wechat {
  ready(told: () => void): void
  /** A signature that does not hold is told here; whether `ready` is told then as well, versions differ in. */
  error(told: (problem: { errMsg: string }) => void): void
  getLocation(
    how: { type: 'wgs84' | 'gcj02' } & Told<{ longitude: number; latitude: number; accuracy: number }>,
  ): void
  chooseImage(
    how: {
      count?: number
      sizeType?: ('original' | 'compressed')[]
      sourceType?: ('album' | 'camera')[]
    } & Told<{ localIds: string[] }>,
  ): void
  /** Base64, on some systems without the head of a data URL. */
  getLocalImgData(what: { localId: string } & Told<{ localData: string }>): void
  closeWindow(): void
}
