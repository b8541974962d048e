import { definePlugin } from '@minqing/elements/plugins'
import type { SmKeys } from './keys.ts'
import { sealWithSm4 } from './seal.ts'

export { keyId } from './keys.ts'
export { sealWithSm4 } from './seal.ts'

export type SmCryptoOptions = SmKeys

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    'sm-crypto': SmCryptoOptions
  }
}

/** Seals what the widgets keep on this device with SM4-GCM, under a key that the page gives. */
export const smCrypto = definePlugin<'sm-crypto', SmCryptoOptions>({
  name: 'sm-crypto',
  setup({ offer, warn, signal }, options) {
    offer('atRest', sealWithSm4(options, warn, signal))
  },
})
