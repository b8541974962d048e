import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import http from 'highlight.js/lib/languages/http'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import nginx from 'highlight.js/lib/languages/nginx'
import python from 'highlight.js/lib/languages/python'
import css from 'highlight.js/lib/languages/css'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import { escapeHtml } from './text.ts'

const languages = { bash, css, http, java, javascript, json, nginx, python, sql, typescript, xml }
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language)
hljs.registerAliases(['sh'], { languageName: 'bash' })
hljs.registerAliases(['js', 'mjs'], { languageName: 'javascript' })
hljs.registerAliases(['ts'], { languageName: 'typescript' })
hljs.registerAliases(['html'], { languageName: 'xml' })

/** Colors code at build time; a language that is not registered is only escaped. */
export const highlight = (source: string, language: string): string =>
  hljs.getLanguage(language) ? hljs.highlight(source, { language }).value : escapeHtml(source)

/** A whole code block, focusable because it may scroll. */
export const codeBlock = (source: string, language: string): string =>
  `<pre tabindex="0"><code class="language-${language}">${highlight(source.trim(), language)}</code></pre>`
