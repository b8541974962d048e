import { ensureAssets, type Assets } from '../../scripts/start/assets.ts'

const silent = { line: () => undefined, progress: () => ({ update: () => undefined, end: () => undefined }) }

/**
 * Site and bundles for `startServer`, built as `npm start` does unless they are those of the sources as they are. Test
 * processes that ask at the same time wait for the one that builds.
 */
export const builtAssets = (): Promise<Assets> => ensureAssets(silent)
