/** As much of a browser as these tests need: one page, and what it complains about. */
export interface Driver {
  /** `Chromium 86.0.4240.0`. */
  readonly version: string
  readonly complaints: readonly string[]
  goto(url: string): Promise<void>
  /** Evaluates an expression in the page and answers its value, awaited. */
  evaluate<T>(expression: string): Promise<T>
  close(): Promise<void>
}

/** Runs in every page before its own scripts: not every browser writes to its console what its policy refused. */
export const tellViolations = `addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile))`

/** Evaluates until the value is truthy. */
export async function until<T>(driver: Driver, expression: string, what: string): Promise<T> {
  for (const end = Date.now() + 30_000; ;) {
    const value = await driver.evaluate<T>(expression)
    if (value) return value
    if (Date.now() > end) throw new Error(`never came true: ${what}\n${driver.complaints.join('\n')}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
