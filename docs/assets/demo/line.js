// A network line that can be cut. The widgets are handed its `fetch`; while the line is cut every request fails the
// way a browser's does without signal, and answers that are still arriving (the event stream) break off.

const gone = () => new TypeError('Failed to fetch')

export function createLine() {
  let cut = false
  const breakers = new Set()

  /** Settles as the work does, or rejects at once when the line is cut meanwhile. */
  const unlessCut = (work) =>
    new Promise((resolve, reject) => {
      const breaker = () => reject(gone())
      breakers.add(breaker)
      work.then(resolve, reject).finally(() => breakers.delete(breaker))
    })

  const wrap = (response) => {
    if (!response.body) return response
    const reader = response.body.getReader()
    const body = new ReadableStream({
      async pull(controller) {
        try {
          const { done, value } = await unlessCut(reader.read())
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          controller.error(error)
          reader.cancel().catch(() => undefined)
        }
      },
      cancel: (reason) => reader.cancel(reason),
    })
    const { status, statusText, headers } = response
    return new Response(body, { status, statusText, headers })
  }

  return {
    get cut() {
      return cut
    },
    /** Cuts the line or mends it, and tells the page as a browser would. */
    set(value) {
      if (cut === value) return
      cut = value
      if (cut) [...breakers].forEach((breaker) => breaker())
      dispatchEvent(new Event(cut ? 'offline' : 'online'))
    },
    fetch: async (input, init) => {
      if (cut) throw gone()
      return wrap(await unlessCut(fetch(input, init)))
    },
  }
}
