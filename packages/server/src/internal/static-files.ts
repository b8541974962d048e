import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from './problem-error.ts'
import { sendProblem } from './problems.ts'

export interface StaticOptions {
  /** Folder of the documentation site, served at `/`. */
  readonly siteDir?: string | undefined
  /** Folder of the widgets' bundles, one folder for each version, served at `/cdn/`. */
  readonly cdnDir?: string | undefined
  /** Whether the files of a version never change again; not so while they are being developed. */
  readonly immutable: boolean
}

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  !/^\/(?:v1|cdn)\//.test(request.url) &&
  (request.headers.accept ?? '').includes('text/html')

/** Serves the site and the bundles; whatever nobody answers is a 404, as a page for people and a problem for programs. */
export async function registerStaticFiles(app: FastifyInstance, options: StaticOptions): Promise<void> {
  const { siteDir, cdnDir, immutable } = options
  if (cdnDir !== undefined) {
    const caching = immutable ? { immutable: true, maxAge: 365 * 86_400_000 } : { cacheControl: false }
    await app.register(files, {
      root: cdnDir,
      prefix: '/cdn/',
      index: false,
      decorateReply: false,
      ...caching,
      setHeaders: (reply) => {
        if (!immutable) reply.header('cache-control', 'no-cache')
      },
    })
  }
  if (siteDir !== undefined) {
    await app.register(files, {
      root: siteDir,
      prefix: '/',
      redirect: true,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
    })
  }
  app.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    if (siteDir !== undefined && wantsPage(request)) {
      const page = await readFile(join(siteDir, '404.html')).catch(() => undefined)
      if (page) return reply.code(404).type('text/html; charset=utf-8').send(page)
    }
    return sendProblem(request, reply, new ProblemError('not_found'))
  })
}
