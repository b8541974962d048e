/** What did not come in time. */
export class Late extends Error {}

/** Settles as the work does, or rejects with `Late` when that takes longer. */
export function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late('No answer in time')), ms)
  })
  return Promise.race([work, ended]).finally(() => clearTimeout(timer))
}
