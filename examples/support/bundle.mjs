// A portal's bundle, made by esbuild in memory when the example starts.
import { posix } from 'node:path'

/**
 * @param {typeof import('esbuild').build} build of the example's own esbuild
 * @param {import('esbuild').BuildOptions} options with one entry point
 * @returns {Promise<Record<string, () => object>>} routes of all files: the entry is `/app.js`
 */
export async function bundle(build, options) {
  const { outputFiles } = await build({
    bundle: true,
    format: 'esm',
    // The widgets load their parts when they are used; without splitting all would be in one file.
    splitting: true,
    minify: true,
    target: 'chrome86',
    outdir: '/',
    entryNames: 'app',
    chunkNames: '[name]-[hash]',
    write: false,
    logLevel: 'warning',
    // Inside this repository packages are taken from their sources; elsewhere nothing has this condition.
    conditions: ['minqing-source'],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    ...options,
  })
  return Object.fromEntries(
    outputFiles.map(({ path, contents }) => [
      posix.join('/', path.split(/[\\/]/).pop()),
      () => ({ type: 'text/javascript', body: Buffer.from(contents) }),
    ]),
  )
}

/** The policy of a portal that has its scripts, the widgets' too, in its own bundle. */
export const bundledPolicy = (mqUrl) => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `connect-src 'self' ${mqUrl}`,
  `img-src 'self' data: blob: ${mqUrl}`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
]
