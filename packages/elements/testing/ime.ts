import type { TestRunnerPlugin } from '@web/test-runner-core'
import type { ChromeLauncher } from '@web/test-runner-chrome'

/** What an input method does: compose (`text`), take the composition (`commit`), or both. */
interface Ime {
  text?: string
  commit?: string
}

/**
 * The command `ime`: types through the browser's own input method path, so that `isComposing`, key code 229 and the
 * order of events are the real ones.
 */
export function imePlugin(): TestRunnerPlugin<Ime> {
  return {
    name: 'ime',
    async executeCommand({ command, payload, session }) {
      if (command !== 'ime' || !payload) return undefined
      const page = (session.browser as ChromeLauncher).getPage(session.id)
      const devtools = await page.createCDPSession()
      const { text, commit } = payload
      if (text !== undefined) {
        const end = text.length
        await devtools.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end })
        // While a composition is open the keyboard's Enter belongs to the input method.
        const key = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 }
        await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
        await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
      }
      if (commit !== undefined) await devtools.send('Input.insertText', { text: commit })
      await devtools.detach()
      return true
    },
  }
}
