import type { ChromeLauncher } from '@web/test-runner-chrome'
import type { TestRunnerPlugin } from '@web/test-runner-core'

/**
 * The command `quota`: how many bytes of storage the page may use; nothing ends it. Chromium then answers as it does
 * on a full phone.
 */
export function quotaPlugin(): TestRunnerPlugin<{ bytes?: number }> {
  return {
    name: 'quota',
    async executeCommand({ command, payload, session }) {
      if (command !== 'quota') return undefined
      const page = (session.browser as ChromeLauncher).getPage(session.id)
      const devtools = await page.createCDPSession()
      const origin = new URL(page.url()).origin
      const quotaSize = payload?.bytes
      await devtools.send('Storage.overrideQuotaForOrigin', {
        origin,
        ...(quotaSize !== undefined && { quotaSize }),
      })
      // The override ends with its session.
      if (quotaSize === undefined) await devtools.detach()
      return true
    },
  }
}
