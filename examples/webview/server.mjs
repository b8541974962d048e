// A page inside the WebView of a work app. `container.js` stands in for what the app injects: the bridge `dd`.
import { mqUrl, officer, signToken, startPortal } from '../support/portal.mjs'

const policy = [
  "default-src 'none'",
  `script-src 'self' ${mqUrl}`,
  "style-src 'self'",
  `connect-src 'self' ${mqUrl}`,
  `img-src 'self' data: blob: ${mqUrl}`,
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
]
const file = (name) => new URL(name, import.meta.url)

/** People by the app's codes. A real back end asks the platform who a code belongs to; each code is good for once. */
const used = new Set()
function personOf(code) {
  if (!/^code-[0-9a-f]{16}$/.test(code) || used.has(code)) return undefined
  used.add(code)
  return officer('webview-user-1', '李春燕')
}

console.log(
  await startPortal({
    port: process.env.PORT ?? 8797,
    policy,
    tokenUrl: false,
    routes: {
      '/': file('index.html'),
      '/app.js': file('app.js'),
      '/container.js': file('container.js'),
      '/site.css': file('../support/site.css'),
      '/sign-in': ({ body, origin }) => {
        const person = personOf(body)
        return person ? { body: signToken(person, origin) } : { status: 401 }
      },
    },
  }),
)
