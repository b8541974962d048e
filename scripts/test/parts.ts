import { componentPart } from './component-part.ts'
import { nodePart } from './node-part.ts'
import { toolPart } from './tool-part.ts'
import type { Part } from './types.ts'

const ESLINT = {
  title: 'eslint',
  script: 'node_modules/eslint/bin/eslint.js',
  args: ['.', '--max-warnings=0'],
}
const OXLINT = {
  title: 'oxlint, the rules that need types',
  script: 'node_modules/oxlint/bin/oxlint',
  args: ['--type-aware', '--deny-warnings', 'packages', 'scripts', 'test'],
}
const PRETTIER = {
  title: 'prettier',
  script: 'node_modules/prettier/bin/prettier.cjs',
  args: ['--check', '--log-level=warn', '--cache', '--cache-strategy=content', '.'],
}
const TSC = 'node_modules/typescript-7/bin/tsc'

/** What tests have to wait for that start the reference server with its site and widgets. */
const ASSETS = 'assets'

/**
 * All parts. The long ones come first, so that the lanes end at about the same time; what the others wait for comes
 * before all that wait.
 */
export const PARTS: Part[] = [
  componentPart,
  toolPart(ASSETS, [{ title: 'widgets and site', script: 'scripts/test/build-assets.ts', args: [] }]),
  nodePart({
    name: 'site',
    patterns: ['test/site/pages.test.ts', 'test/site/**/*.test.ts', 'test/examples/**/*.test.ts'],
    after: ASSETS,
    seconds: 180,
  }),
  nodePart({ name: 'e2e', patterns: ['test/e2e/**/*.test.ts'], after: ASSETS, seconds: 180 }),
  nodePart({ name: 'faults', patterns: ['test/faults/**/*.test.ts'], after: ASSETS, seconds: 180 }),
  nodePart({ name: 'compat', patterns: ['test/compat/**/*.test.ts'], after: ASSETS, seconds: 180 }),
  toolPart('lint', [ESLINT, OXLINT, PRETTIER]),
  toolPart('types', [
    { title: 'tsc', script: TSC, args: ['-p', '.', '--pretty', 'false'] },
    {
      title: 'tsc of elements',
      script: TSC,
      args: ['-p', 'packages/elements', '--noEmit', '--pretty', 'false'],
      needs: 'packages/elements/tsconfig.json',
    },
  ]),
  toolPart('size', [{ title: 'size budgets', script: 'scripts/size.ts', args: [] }], ASSETS),
  nodePart({ name: 'contract', patterns: ['test/contract/**/*.test.ts'], after: ASSETS, seconds: 180 }),
  nodePart({
    name: 'unit',
    patterns: [
      'scripts/start/*.test.ts',
      'packages/core/src/issues/flow/walk.test.ts',
      'packages/server/src/{main,mail,live,photos,catalogue,reports}/**/*.test.ts',
      'packages/server/src/issues/clock-worker.test.ts',
      'scripts/**/*.test.ts',
      // they stand in for the browser's globals
      'packages/plugins/src/**/*.test.ts',
    ],
    together: ['packages/{server,client,core}/src/**/*.test.ts'],
    seconds: 180,
  }),
  nodePart({
    name: 'embed',
    patterns: ['test/embed/**/*.test.ts'],
    alone: true,
    after: ASSETS,
    seconds: 180,
  }),
]
