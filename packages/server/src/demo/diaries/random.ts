/** Numbers that look random and are the same on every machine, so that a bug seen in demo data can be seen again. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
  uuid(): string
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for demo data. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const four = (bits: number) =>
    hex[bits >>> 24]! + hex[(bits >>> 16) & 255]! + hex[(bits >>> 8) & 255]! + hex[bits & 255]!
  const random: Random = {
    next: () => word() / 2 ** 32,
    int: (below) => Math.floor((word() / 2 ** 32) * below),
    pick: (list) => list[random.int(list.length)]!,
    chance: (share) => random.next() < share,
    uuid() {
      const [a, b, c, d] = [four(word()), four(word()), four(word()), four(word())]
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
    },
  }
  return random
}

/** Picks from a list in which few are common and many are rare (Zipf's law), as places and topics are. */
export function zipfPicker<T>(list: readonly T[], exponent: number): (random: Random) => T {
  const sums = new Float64Array(list.length)
  let sum = 0
  for (let at = 0; at < list.length; at++) sums[at] = sum += 1 / (at + 1) ** exponent
  return (random) => {
    const wanted = random.next() * sum
    let low = 0
    let high = list.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return list[low]!
  }
}
