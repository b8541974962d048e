// Browsers open six connections to one server (HTTP/1.1), and a window keeps one for its events: six windows on one page
// would leave none for anything else. A window that is not its turn lets its event stream go, without the widgets
// noticing: they read on in one body, which goes on where it stopped as soon as it is the window's turn again.

const second = 1000
const heartbeat = new TextEncoder().encode(':\n\n')

/** Finds the last `id:` in a stream of text that comes in pieces. */
function idReader() {
  const decoder = new TextDecoder()
  let rest = ''
  let last
  return {
    take(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop()
      for (const line of lines) if (line.startsWith('id:')) last = line.slice(3).trim()
    },
    get last() {
      return last
    },
  }
}

/** @param {typeof fetch} request what real requests go through */
export function createTurns(request) {
  let ours = true
  const waiting = new Set()
  const changed = () => new Promise((resolve) => waiting.add(resolve))

  /** Sends signs of life until it is our turn. */
  async function rest(controller, signal) {
    while (!ours && !signal?.aborted) {
      let timer
      await Promise.race([changed(), new Promise((resolve) => (timer = setTimeout(resolve, 15 * second)))])
      clearTimeout(timer)
      if (!ours) controller.enqueue(heartbeat)
    }
  }

  /** Passes on what the stream says. Answers whether it is to be taken up again. */
  async function pass(reader, controller, ids) {
    for (;;) {
      // without an id there is no place to go on from
      if (!ours && ids.last !== undefined) {
        reader.cancel().catch(() => undefined)
        return true
      }
      const reading = reader.read()
      let part
      do part = await Promise.race([reading, changed()])
      while (!part && (ours || ids.last === undefined))
      if (!part) continue
      if (part.done) return false
      ids.take(part.value)
      controller.enqueue(part.value)
    }
  }

  async function stream(first, input, init, controller) {
    const ids = idReader()
    let response = first
    try {
      while (await pass(response.body.getReader(), controller, ids)) {
        await rest(controller, init.signal)
        const headers = new Headers(init.headers)
        headers.set('last-event-id', ids.last)
        response = await request(input, { ...init, headers })
        // a token that has expired meanwhile: whoever reads asks again with a fresh one
        if (!response.ok) break
      }
      controller.close()
    } catch (error) {
      controller.error(error)
    }
  }

  return {
    /** Whether this window listens now. */
    set(value) {
      ours = value
      const all = [...waiting]
      waiting.clear()
      for (const resolve of all) resolve()
    },
    async fetch(input, init = {}) {
      const response = await request(input, init)
      const type = response.headers.get('content-type') ?? ''
      if (!response.ok || !response.body || !type.startsWith('text/event-stream')) return response
      const body = new ReadableStream({
        start: (controller) => void stream(response, input, init, controller),
      })
      const { status, statusText, headers } = response
      return new Response(body, { status, statusText, headers })
    },
  }
}
