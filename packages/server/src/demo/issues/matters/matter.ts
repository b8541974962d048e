/** A kind of matter. `{…}` are gaps (see ../../diaries/words.ts), with `{who}` for the resident. */
export interface Matter {
  /** Code of the default catalogue. */
  readonly category: string
  /** How often, relative to the others. */
  readonly weight: number
  readonly texts: readonly string[]
  /** What the unit notes on the way. */
  readonly progress: readonly string[]
  readonly answers: readonly string[]
  /** A unit that helps, and what it is to do. */
  readonly assist?: readonly [unit: string, task: string, reply: string]
  /** A unit to which it is sent by mistake first. */
  readonly mistaken?: string
}

const list = (texts: string): readonly string[] => texts.split('|')

type More = Pick<Matter, 'assist' | 'mistaken'>

export const matter = (
  category: string,
  weight: number,
  texts: string,
  progress: string,
  answers: string,
  more: More = {},
): Matter => ({
  ...{ category, weight, texts: list(texts), progress: list(progress), answers: list(answers) },
  ...more,
})
