import { IdAttributePlugin, InputPathToUrlTransformPlugin } from '@11ty/eleventy'
import { codeBlock } from './lib/highlight.ts'
import { firstHeading, inlineCode, textOf } from './lib/text.ts'

/**
 * The docs site. Pages run under the strict policy of the reference server (no inline script, no inline style), so
 * everything here is made at build time or lives in `assets/`.
 *
 * @param {import('@11ty/eleventy').UserConfig} config
 */
export default function configure(config) {
  config.addPlugin(IdAttributePlugin, { slugify: anchor, selector: '[id],h2,h3' })
  config.addPlugin(InputPathToUrlTransformPlugin)
  config.addPassthroughCopy({ 'docs/assets': 'assets' })
  config.ignores.add('docs/_site/**')
  config.ignores.add('docs/lib/**')
  config.amendLibrary('md', (markdown) => {
    markdown.set({ html: true, linkify: false, typographer: false, highlight: codeBlock })
    scrollWideTables(markdown)
  })
  config.addFilter('inlineCode', inlineCode)
  config.addFilter('firstHeading', firstHeading)
  config.addFilter('shortDate', (date) => date.slice(5))
  config.addFilter('headings', (html) => headingsOf(html))
  config.addPairedShortcode('code', (source, language) => codeBlock(source, language))
  return {
    dir: { input: 'docs', output: 'docs/_site', includes: '_includes', data: '_data' },
    markdownTemplateEngine: 'njk',
    htmlTemplateEngine: 'njk',
    templateFormats: ['md', 'njk'],
  }
}

/** Ids of Chinese headings stay Chinese: they are readable in the address bar, and valid. */
function anchor(text) {
  return textOf(text)
    .trim()
    .toLowerCase()
    .replace(/[\s/]+/g, '-')
    .replace(/[^\p{L}\p{N}_-]/gu, '')
}

/** The second-level headings of a page, for its list of contents. */
function headingsOf(html) {
  return [...String(html).matchAll(/<h2([^>]*)>(.*?)<\/h2>/gs)].map(([, attributes, inner]) => ({
    id: /id="([^"]+)"/.exec(attributes)?.[1] ?? anchor(inner),
    text: textOf(inner),
  }))
}

/** A wide table scrolls inside its own box (which the keyboard can reach) instead of widening the page. */
function scrollWideTables(markdown) {
  markdown.renderer.rules.table_open = () =>
    '<div class="table-scroll" role="region" aria-label="表格" tabindex="0"><table>\n'
  markdown.renderer.rules.table_close = () => '</table></div>\n'
}
