// An old portal without modules or a policy: jQuery 1.12, and a script of 2008 that extends built-ins.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { officer, startPortal } from '../support/portal.mjs'

const jquery = createRequire(import.meta.url).resolve('jquery/dist/jquery.min.js')
const file = (name) => new URL(name, import.meta.url)

console.log(
  await startPortal({
    port: process.env.PORT ?? 8791,
    person: officer('jquery-user-1', '陈立军'),
    routes: {
      '/': file('index.html'),
      '/legacy.js': file('legacy.js'),
      '/portal.js': file('portal.js'),
      '/jquery.js': pathToFileURL(jquery),
      '/site.css': file('../support/site.css'),
    },
  }),
)
