/** Some private windows and WebViews never answer. What opens after all is closed: nobody waits for it any more. */
export function openedInTime<D extends { close(): void }>(opening: Promise<D>, ms: number): Promise<D> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(new Error('The database did not open in time'))
    }, ms)
    const settle = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    opening.then(
      (database) => settle(() => (isLate ? database.close() : resolve(database))),
      (error: unknown) => settle(() => reject(error as Error)),
    )
  })
}
