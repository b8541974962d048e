import type { FastifyReply, FastifyRequest } from 'fastify'

const lingerMs = 1000

/**
 * Lets the sender of a refused upload hear why. Closing at once would cut off the answer together with the bytes still
 * coming; reading them to their end would let a stranger send for ever. So they are thrown away for a moment, then
 * the connection goes.
 */
export function lingerAfter(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request
  reply.raw.once('finish', () => {
    if (raw.complete || raw.destroyed) return
    // with its socket, where it has one: a request from an envelope has none of its own
    const timer = setTimeout(() => raw.destroy(), lingerMs)
    raw.once('end', () => clearTimeout(timer))
    raw.once('close', () => clearTimeout(timer))
    raw.unpipe()
    raw.on('data', () => undefined)
    raw.resume()
  })
}
