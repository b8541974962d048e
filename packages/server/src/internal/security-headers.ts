import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply } from 'fastify'

/**
 * What the server's own pages may do, and what we promise that the widgets need: no inline script or style, nothing
 * from elsewhere, and HTML from strings only through Lit. Frames are the two windows of the demo
 * portal.
 */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  manifestSrc: ["'self'"],
  frameSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'self'"],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ['lit-html'],
}

/** What pages of other origins load without CORS: scripts of the CDN, photos in an `<img>`. */
const forOtherOrigins = /^\/(?:cdn|v1)\//

/** What helmet sets. It is the same for every answer, and to work it out each time would cost a tenth of a quick one. */
function workedOut(reply: FastifyReply): [string, string][] {
  const before = new Set(reply.raw.getHeaderNames())
  void reply.helmet()
  const names = reply.raw.getHeaderNames().filter((name) => !before.has(name))
  return names.map((name) => [name, String(reply.raw.getHeader(name))])
}

/** @param https whether people reach the server by https; only then may browsers be told to insist on it */
export async function addSecurityHeaders(app: FastifyInstance, https: boolean): Promise<void> {
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: false,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'sameorigin' },
  })
  let headers: readonly (readonly [string, string])[] | undefined
  app.addHook('onRequest', (request, reply, done) => {
    headers ??= workedOut(reply)
    for (const [name, value] of headers) reply.raw.setHeader(name, value)
    const policy = forOtherOrigins.test(request.url) ? 'cross-origin' : 'same-origin'
    reply.header('cross-origin-resource-policy', policy)
    done()
  })
}
