// A Vue 3 portal: bundles src/ when it starts, serves it and signs tokens.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundle, bundledPolicy } from '../support/bundle.mjs'
import { mqUrl, officer, startPortal } from '../support/portal.mjs'
import { vueFiles } from './vue-files.mjs'

const file = (name) => new URL(name, import.meta.url)
const scripts = await bundle(build, {
  entryPoints: [fileURLToPath(file('src/main.ts'))],
  plugins: [vueFiles()],
})

console.log(
  await startPortal({
    port: process.env.PORT ?? 8792,
    person: officer('vue-user-1', '陈立军'),
    policy: bundledPolicy(mqUrl),
    routes: { '/': file('index.html'), '/site.css': file('../support/site.css'), ...scripts },
  }),
)
