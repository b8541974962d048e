import { MinqingError } from '@minqing/client'
import { advise } from './advice.ts'
import { looksLikeToken, nameOf } from './tokens.ts'

/** Everything that needs a token waits for it, the outbox too: a host that says nothing must not hold them for ever. */
const patienceMs = 15_000

export const late = (cause: unknown, address: string): MinqingError =>
  new MinqingError(
    {
      code: 'timeout',
      titles: { 'zh-CN': '获取登录凭证超时，请稍后再试', en: 'The host gave no token in time' },
      detail: `${address} did not answer in time`,
    },
    { cause },
  )

/**
 * Gets tokens from an address of the host, with its cookies. It may answer JSON `{ "token": "…" }` or the bare token.
 *
 * @param withinMs how long the whole answer may take; then it is a `timeout`
 */
export const tokenFrom =
  (address: string, withinMs: number = patienceMs) =>
  async (): Promise<string> => {
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(), withinMs)
    try {
      return await ask(address, end.signal)
    } catch (error) {
      throw end.signal.aborted ? late(error, address) : error
    } finally {
      clearTimeout(timer)
    }
  }

async function ask(address: string, signal: AbortSignal): Promise<string> {
  const request: RequestInit = {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json, text/plain' },
    signal,
  }
  const refuse = (how: string): never => {
    const sentence = `the token-url ${address} ${how}.`
    advise(sentence)
    throw new Error(sentence)
  }
  const answer = await fetch(address, request).catch(async (error: unknown) => {
    if (!(error instanceof TypeError)) throw error
    // Whoever is not signed in is often sent to a login page elsewhere, which scripts may not follow.
    const { type } = await fetch(address, { ...request, redirect: 'manual' })
    if (type !== 'opaqueredirect') throw error
    return refuse('sends to another site, as to a login page')
  })
  if (!answer.ok) refuse(`answered ${answer.status}`)
  const text = (await answer.text()).trim()
  const token = text.startsWith('{') ? tokenIn(text) : text
  if (typeof token === 'string' && looksLikeToken(token)) return token
  return refuse(`has to answer with a token or JSON with a token, and answered with ${nameOf(token)}`)
}

function tokenIn(json: string): unknown {
  try {
    return (JSON.parse(json) as { token?: unknown }).token
  } catch {
    return json
  }
}
