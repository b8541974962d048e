// Two origins: a portal that must not run foreign scripts (PORT), and a department's page with widgets (FRAME_PORT)
// that the portal shows in a frame, as high as its content.
import { fileAnswer, mqUrl, officer, startPortal } from '../support/portal.mjs'

const { PORT = '8795', FRAME_PORT = '8796' } = process.env
const hostOrigin = `http://127.0.0.1:${PORT}`
const frameOrigin = `http://127.0.0.1:${FRAME_PORT}`
const file = (name) => new URL(name, import.meta.url)
const page = (name) => () =>
  fileAnswer(file(name), (html) =>
    html.replaceAll('{{host}}', hostOrigin).replaceAll('{{frame}}', frameOrigin),
  )
const person = officer('frame-user-1', '陈立军')
const common = { '/frame-height.js': file('frame-height.js'), '/site.css': file('../support/site.css') }

await startPortal({
  port: FRAME_PORT,
  person,
  policy: [
    "default-src 'none'",
    `script-src 'self' ${mqUrl}`,
    "style-src 'self'",
    `connect-src 'self' ${mqUrl}`,
    `img-src 'self' data: blob: ${mqUrl}`,
    `frame-ancestors ${hostOrigin}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ],
  routes: {
    ...common,
    '/': page('frame.html'),
    '/frame.js': file('frame.js'),
    '/frame.css': file('frame.css'),
  },
})

console.log(
  await startPortal({
    port: PORT,
    person,
    tokenUrl: false,
    policy: [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      `frame-src ${frameOrigin}`,
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ],
    routes: {
      ...common,
      '/': page('index.html'),
      '/host.js': file('host.js'),
      '/host.css': file('host.css'),
    },
  }),
)
