/** Runs at most `width` works at the same time; the others wait their turn in order. */
export function lanes(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running < width) running++
    // the one who ends hands its place over
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** Runs works of the same name one after another. */
export function turns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const lanesOf = new Map<string, { run: ReturnType<typeof lanes>; users: number }>()
  return async (name, work) => {
    const lane = lanesOf.get(name) ?? { run: lanes(1), users: 0 }
    lanesOf.set(name, lane)
    lane.users++
    try {
      return await lane.run(work)
    } finally {
      if (--lane.users === 0) lanesOf.delete(name)
    }
  }
}
