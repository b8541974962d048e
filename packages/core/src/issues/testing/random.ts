/** A small generator with a seed (mulberry32), so that a walk that fails can be walked again. */
export interface Random {
  /** From 0, below 1. */
  next(): number
  /** Whether something of this likelihood happens. */
  chance(likelihood: number): boolean
  /** An integer of `from` to `to`, both included. */
  between(from: number, to: number): number
  pick<T>(list: readonly T[]): T
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    chance: (likelihood) => next() < likelihood,
    pick: (list) => list[between(0, list.length - 1)]!,
  }
}
