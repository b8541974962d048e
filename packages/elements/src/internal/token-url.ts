/**
 * Gets tokens from an address of the host, with its cookies. It may answer JSON `{ "token": "…" }` or the bare token.
 */
export const tokenFrom = (address: string) => async (): Promise<string> => {
  const answer = await fetch(address, {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json, text/plain' },
  })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  const text = (await answer.text()).trim()
  if (!text.startsWith('{')) return text
  return (JSON.parse(text) as { token: string }).token
}
