const baseMs = 1_000

/** Doubles with each try, between a half and the whole of it by chance, never beyond the cap. */
export function backoffMs(attempts: number, random: () => number, capMs: number): number {
  const whole = Math.min(capMs, baseMs * 2 ** Math.min(attempts - 1, 20))
  return whole * (0.5 + random() / 2)
}
