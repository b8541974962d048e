import { executeServerCommand } from '@web/test-runner-commands'

export { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'

/** Composes with the input method (`text`), and takes what was composed (`commit`). */
export const ime = (what: { text?: string; commit?: string }): Promise<unknown> =>
  executeServerCommand('ime', what)
