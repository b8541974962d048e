import { MinqingError } from '@minqing/client'

/** Everything that needs a token waits for it, the outbox too: a host that says nothing must not hold them for ever. */
const patienceMs = 15_000

const late = (cause: unknown, address: string) =>
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
  const answer = await fetch(address, {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json, text/plain' },
    signal,
  })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  const text = (await answer.text()).trim()
  if (!text.startsWith('{')) return text
  return (JSON.parse(text) as { token: string }).token
}
