/** Waits until the answer is there (not undefined, null or false). */
export async function until<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  what = String(look),
  patienceMs = 20_000,
): Promise<T> {
  const end = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== null && found !== false) return found
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
