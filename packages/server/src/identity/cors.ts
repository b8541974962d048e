import cors, { type FastifyCorsOptions } from '@fastify/cors'
import type { FastifyInstance } from 'fastify'
import type { AdmitsOrigin } from './authenticate.ts'

const shared: FastifyCorsOptions = {
  // tokens travel in a header, so no page ever needs cookies here
  credentials: false,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'Accept-Language',
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'Last-Event-ID',
    'Tus-Resumable',
    'Upload-Length',
    'Upload-Metadata',
    'Upload-Offset',
  ],
  exposedHeaders: [
    'Date',
    'ETag',
    'Idempotency-Replayed',
    'Location',
    'Retry-After',
    'Tus-Resumable',
    'Upload-Length',
    'Upload-Offset',
  ],
  maxAge: 600,
}

/** The CDN folder is for every page; everything else for exactly the origins admitted. */
export async function addCors(app: FastifyInstance, admits: AdmitsOrigin): Promise<void> {
  await app.register(cors, {
    delegator: (request, done) => {
      if (request.url.startsWith('/cdn/')) return done(null, { origin: '*', methods: ['GET', 'HEAD'] })
      const { origin } = request.headers
      done(null, { ...shared, origin: origin !== undefined && admits(origin, request) ? origin : false })
    },
  })
}
