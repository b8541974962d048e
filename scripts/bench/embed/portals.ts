import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { at } from '../../build/paths.ts'
import { bundle } from '../../build/bundle.ts'

/** Three portals of different make: an old one, a console that draws itself, a phone's page under a strict policy. */
export const makes = ['jquery', 'admin', 'strict'] as const
export type Make = (typeof makes)[number]

const full = [
  ...[
    'mq-diary-composer',
    'mq-diary-feed',
    'mq-inbox',
    'mq-issue-tracker',
    'mq-issue-report',
    'mq-issue-status',
  ],
  ...[
    'mq-diary-feed',
    'mq-issue-tracker',
    'mq-diary-feed',
    'mq-issue-status',
    'mq-issue-tracker',
    'mq-issue-report',
  ],
]

/** What a portal puts on its page: one widget, or twelve of all kinds. */
export const crowds: Readonly<Record<Make, readonly (readonly string[])[]>> = {
  jquery: [['mq-diary-feed'], full],
  admin: [['mq-issue-tracker'], full],
  strict: [['mq-diary-composer'], full],
}

export const widthOf: Readonly<Record<Make, number>> = { jquery: 1280, admin: 1440, strict: 390 }

/** The tag that a portal pastes. */
export const loaderTag = (cdn: string, preload: readonly string[] = []): string =>
  `<script type="module" src="${cdn}loader.js" data-token-url="/mq-token" data-preload="${preload.join(' ')}"></script>`

const head = (make: Make, title: string, scripts: string) => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/widgets.css">
<link rel="stylesheet" href="/${make}.css">${scripts}</head>`

const tagsOf = (tags: readonly string[]) => tags.map((tag) => `<${tag} data-widget></${tag}>`).join('\n')

const jqueryRows = Array.from(
  { length: 15 },
  (_, n) =>
    `<tr><td>${n + 1}</td><td><a href="#n${n}">关于做好防汛准备的通知（${n + 1}）</a></td><td>党政办</td></tr>`,
).join('')

/** A page with these tags; without ours, and everything else the same, where `tag` is empty. */
export function pageOf(make: Make, tags: readonly string[], tag: string): string {
  if (make === 'jquery') {
    const scripts = `<script src="/legacy.js"></script><script src="/jquery.min.js"></script><script src="/jquery.js"></script>${tag}`
    return `${head(make, '镇门户', scripts)}<body><h1>某某镇人民政府</h1>
<ul class="tabs"><li class="on"><a href="#a">首页</a></li><li><a href="#b">政务公开</a></li><li><a href="#c">民情</a></li></ul>
<form class="search"><input name="q"><button>搜索</button></form><p>今日已记 <b id="sent">0</b> 篇</p>
${tagsOf(tags)}<table><thead><tr><th>序号</th><th>标题</th><th>来源</th></tr></thead><tbody>${jqueryRows}</tbody></table>
<p class="foot">主办：镇党政办</p></body></html>`
  }
  if (make === 'admin') {
    const scripts = `<script type="module" src="/admin.js"></script>${tag}`
    return `${head(make, '管理台', scripts)}<body><div id="app" data-widgets="${tags.join(' ')}"></div></body></html>`
  }
  return `${head(make, '掌上门户', `<script type="module" src="/strict.js"></script>${tag}`)}<body>
<header><button id="menu" aria-expanded="false">菜单</button> <svg width="24" height="24"><circle cx="12" cy="12" r="10"/></svg></header>
<main><h1>民情</h1><ul id="news"></ul>${tagsOf(tags)}<p>以上内容由村里提供。</p></main><footer>© 某某县</footer></body></html>`
}

/** `frame-ancestors` and its like do not matter here; the rest is what the guide asks a portal for. */
export const policyOf = (server: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${server}`,
    "style-src 'self'",
    `connect-src 'self' ${server}`,
    `img-src 'self' data: ${server}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    'report-uri /csp-reports',
  ].join('; ')

const own = (name: string) => at(`scripts/bench/embed/portals/${name}`)

/** The files of the portals by address. */
export async function portalFiles(): Promise<Map<string, { type: string; body: string }>> {
  const jquery = createRequire(at('examples/jquery-portal/package.json')).resolve('jquery/dist/jquery.min.js')
  const [admin] = await bundle({
    input: { admin: own('admin.js') },
    conditions: ['production'],
    plugins: [replaceEnvironment()],
  })
  const file = async (type: string, path: string) => ({ type, body: await readFile(path, 'utf8') })
  const script = 'text/javascript; charset=utf-8'
  const style = 'text/css; charset=utf-8'
  return new Map([
    ['/legacy.js', await file(script, at('examples/jquery-portal/legacy.js'))],
    ['/jquery.min.js', await file(script, jquery)],
    ['/jquery.js', await file(script, own('jquery.js'))],
    ['/strict.js', await file(script, own('strict.js'))],
    ['/admin.js', { type: script, body: admin!.code }],
    ...(await Promise.all(
      ['widgets', ...makes].map(
        async (name) => [`/${name}.css`, await file(style, own(`${name}.css`))] as const,
      ),
    )),
  ])
}

/** What a portal's own bundler says of the environment. */
const replaceEnvironment = () => ({
  name: 'environment',
  transform: (code: string) =>
    code.includes('process.env.NODE_ENV') || code.includes('__VUE_')
      ? {
          code: code
            .replaceAll('process.env.NODE_ENV', '"production"')
            .replaceAll(/\b__VUE_(OPTIONS_API|PROD_DEVTOOLS|PROD_HYDRATION_MISMATCH_DETAILS)__\b/g, 'false'),
          map: null,
        }
      : null,
})
