/** Lets one loop wait for a time, or until it is woken. A wake-up while it is busy is kept for the next wait. */
export class Waker {
  #woken = false
  #error: Error | undefined
  #resume: (() => void) | undefined

  wake(): void {
    this.#woken = true
    this.#resume?.()
  }

  /** Every wait, present and future, throws. */
  fail(error: Error): void {
    this.#error = error
    this.#resume?.()
  }

  async wait(ms: number): Promise<void> {
    if (!this.#woken && !this.#error) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#resume = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#resume = undefined
    }
    this.#woken = false
    if (this.#error) throw this.#error
  }
}
