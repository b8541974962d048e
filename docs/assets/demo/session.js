// Who the reader is in the demo: a persona, remembered in this tab, and a token for it from the demo's issuer.
// A real host has none of this: there the back end signs a token for the person who is signed in.

const chosen = 'mq-demo-persona'
const stored = (id) => `mq-demo-token:${id}`

/** Whom the tab shows; `fallback` when nobody was chosen. */
export const currentPersona = (fallback = 'chen-village') => sessionStorage.getItem(chosen) ?? fallback

export const choosePersona = (id) => sessionStorage.setItem(chosen, id)

/** People of the demo. Rejects when the server is away or runs without the demo. */
export async function personas() {
  const answer = await fetch('/v1/demo/personas')
  if (!answer.ok) throw new Error(`personas: ${answer.status}`)
  return (await answer.json()).items
}

/** Choices of a `<select>`. */
export const optionsOf = (people) => people.map(({ id, name, title }) => new Option(`${name} · ${title}`, id))

const key = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const minute = 60_000

/** A token of the persona: the stored one while it is good for a minute more, unless a fresh one is asked for. */
export async function tokenOf(persona, { refresh = false, request = fetch } = {}) {
  const known = JSON.parse(sessionStorage.getItem(stored(persona)) ?? 'null')
  if (!refresh && known && Date.parse(known.expiresAt) > Date.now() + minute) return known.token
  const answer = await request('/v1/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key() },
    body: JSON.stringify({ persona }),
  })
  if (!answer.ok) throw new Error(`token: ${answer.status}`)
  const issued = await answer.json()
  sessionStorage.setItem(stored(persona), JSON.stringify(issued))
  return issued.token
}
