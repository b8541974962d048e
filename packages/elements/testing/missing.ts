import type { ServerResponse } from 'node:http'

/** What it needs to know of a request of the dev server. */
interface Request {
  path: string
  query: Record<string, unknown>
  res: ServerResponse
  respond?: boolean | undefined
  body: unknown
}

let missing: string | undefined

/** `/__missing?path=…` cuts the line to a module, `/__missing` mends it; before the dev server looks into its memory. */
export async function missingModules(request: Request, next: () => Promise<void>): Promise<void> {
  const { path, query, res } = request
  if (path === '/__missing') {
    missing = typeof query['path'] === 'string' ? query['path'] : undefined
    request.body = 'done'
  } else if (missing && path.endsWith(missing)) {
    request.respond = false
    res.destroy()
  } else await next()
}
