import type { HttpRequest, HttpResponse, HttpStack, UploadOptions } from 'tus-js-client'

type TusFileReader = NonNullable<UploadOptions['fileReader']>

/** Reads a Blob in slices, in browsers and in Node alike. */
export const blobReader: TusFileReader = {
  openFile: (blob: Blob) =>
    Promise.resolve({
      size: blob.size,
      slice: (start, end) =>
        Promise.resolve({ value: blob.slice(start, Math.min(end, blob.size)), done: end >= blob.size }),
      close: () => undefined,
    }),
}

/** tus over fetch(): for Node, and for hosts that bring their own. */
export function fetchStack(fetcher: typeof fetch): HttpStack {
  return {
    getName: () => 'minqing-fetch',
    createRequest: (method, url) => createRequest(fetcher, method, url),
  }
}

function createRequest(fetcher: typeof fetch, method: string, url: string): HttpRequest {
  const controller = new AbortController()
  const headers: Record<string, string> = {}
  return {
    getMethod: () => method,
    getURL: () => url,
    setHeader: (name, value) => (headers[name] = value),
    getHeader: (name) => headers[name],
    // Progress is told after each request; tus itself does so.
    setProgressHandler: () => undefined,
    send: async (body: Blob | null = null) => {
      const { signal } = controller
      const response = await fetcher(url, { method, headers, body, signal, credentials: 'omit' })
      return toAnswer(response, await response.text())
    },
    abort: () => {
      controller.abort()
      return Promise.resolve()
    },
    getUnderlyingObject: () => controller,
  }
}

const toAnswer = (response: Response, body: string): HttpResponse => ({
  getStatus: () => response.status,
  getHeader: (name) => response.headers.get(name) ?? undefined,
  getBody: () => body,
  getUnderlyingObject: () => response,
})
