/** The token by which our application, not a person, asks a provider. */
export interface AppToken {
  get(): Promise<string>
  /** After a refusal: the next one asks for a new token, should this have been the reason. */
  forget(): void
}

/** Given up this long before its end. */
const earlyMs = 60_000

/** Remembers what `ask` gives until shortly before it ends; those who need it at the same time share one question. */
export function createAppToken(
  ask: () => Promise<{ token: string; seconds: number }>,
  now: () => Date,
): AppToken {
  let held: { token: Promise<string>; until: number } | undefined
  return {
    get() {
      if (held && held.until > now().getTime()) return held.token
      const asked = ask()
      // nobody knows how long it holds until the answer is there: until then it is shared
      const mine = { token: asked.then(({ token }) => token), until: Infinity }
      held = mine
      asked.then(
        ({ seconds }) => (mine.until = now().getTime() + seconds * 1000 - earlyMs),
        () => {
          if (held === mine) held = undefined
        },
      )
      return mine.token
    },
    forget() {
      held = undefined
    },
  }
}

/** Seconds that an answer names, within reason; an hour where it names none. */
export const secondsOf = (value: unknown): number => {
  const seconds = Number(value)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : 3600
}
