import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * What the server's own pages may do, and what we promise that the widgets need: no inline script or style, nothing
 * from elsewhere, and HTML from strings only through Lit. `blob:` shows a photo before it is sent; frames are the two
 * windows of the demo portal.
 */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'blob:'],
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

/** @param https whether people reach the server by https; only then may browsers be told to insist on it */
export async function addSecurityHeaders(app: FastifyInstance, https: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: false,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'sameorigin' },
  })
  app.addHook('onRequest', (request, reply, done) => {
    const policy = forOtherOrigins.test(request.url) ? 'cross-origin' : 'same-origin'
    reply.header('cross-origin-resource-policy', policy)
    done()
  })
}
