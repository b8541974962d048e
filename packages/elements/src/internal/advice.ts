const said = new Set<string>()

/** A sentence for the integrator in the console, once per page. Never a token or what somebody wrote. */
export function advise(sentence: string, cause?: unknown): void {
  if (said.has(sentence)) return
  said.add(sentence)
  console.warn(`minqing: ${sentence}`, ...(cause === undefined ? [] : [cause]))
}
