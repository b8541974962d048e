import { createClient, isMinqingError, newId } from '@minqing/client'

/** What test pages work with: the client as a host's bundle would hold it. */
const kit = { createClient, isMinqingError, newId }

declare global {
  interface Window {
    mqKit: typeof kit
  }
}

window.mqKit = kit
