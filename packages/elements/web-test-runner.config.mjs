// Component tests: a real Chromium, and the real server on a database of its own. Run with the pinned Node and
// --conditions=minqing-source (`npm test -- component` does).
import { fileURLToPath } from 'node:url'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { chromeLauncher } from '@web/test-runner-chrome'
import { chromiumArgs, findChromium } from '../../test/support/chromium.ts'
import { imePlugin } from './testing/ime.ts'
import { oldModules } from './testing/old-modules.ts'
import { realServer } from './testing/real-server.ts'

const folder = (path) => fileURLToPath(new URL(path, import.meta.url))

export default {
  // the runner names them when it was told to narrow; what it passes itself gives way to this file
  files: process.env['MQ_COMPONENT_FILES']?.split('\n') ?? 'src/**/*.test.ts',
  rootDir: folder('../..'),
  ...(process.env['MQ_COMPONENT_PORT'] ? { port: Number(process.env['MQ_COMPONENT_PORT']) } : {}),
  nodeResolve: { exportConditions: ['minqing-source', 'browser'] },
  // Two cores: more pages at once only wait for each other.
  concurrency: 1,
  // long enough for a machine that has much else to do
  testFramework: { config: { timeout: 45_000 } },
  testsFinishTimeout: 300_000,
  browserStartTimeout: 60_000,
  browsers: [chromeLauncher({ launchOptions: { executablePath: await findChromium(), args: chromiumArgs } })],
  plugins: [
    oldModules({ 'tus-js-client': folder('../client'), 'axe-core': folder('../..') }),
    esbuildPlugin({
      ts: true,
      target: 'chrome86',
      tsconfig: folder('tsconfig.json'),
    }),
    realServer(),
    imePlugin(),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
}
