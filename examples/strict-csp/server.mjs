// A page under the strictest policy that a portal can have. What breaks it is reported to the portal and counted.
import { fileAnswer, mqUrl, officer, startPortal } from '../support/portal.mjs'

const policy = [
  "default-src 'none'",
  `script-src ${mqUrl}`,
  "style-src 'self'",
  `connect-src 'self' ${mqUrl}`,
  `img-src 'self' data: blob: ${mqUrl}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  'report-uri /csp-reports',
]
const file = (name) => new URL(name, import.meta.url)
const reports = []

/** The page, with the hash of the loader: a changed file is not run. A real portal copies it once from `sri.json`. */
async function page() {
  const hashes = await (await fetch(`${mqUrl}/cdn/0.1.0/sri.json`)).json()
  return fileAnswer(file('index.html'), (html) => html.replace('{{integrity}}', hashes['loader.js']))
}

console.log(
  await startPortal({
    port: process.env.PORT ?? 8794,
    person: officer('strict-user-1', '陈立军'),
    policy,
    routes: {
      '/': page,
      '/site.css': file('../support/site.css'),
      '/csp-reports': ({ body }) => {
        if (body) reports.push(JSON.parse(body)['csp-report'])
        return { type: 'application/json', body: JSON.stringify(reports) }
      },
    },
  }),
)
