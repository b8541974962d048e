import type { AstNode, Plugin } from 'rollup'

type Node = AstNode & Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

/** Calls `visit` for the text parts of every html``, svg`` and css`` template below the node. */
function visitTexts(node: Node, visit: (start: number, end: number, css: boolean) => void): void {
  const tag = (node.tag as { name?: string } | undefined)?.name ?? ''
  if (node.type === 'TaggedTemplateExpression' && /^(html|svg|css)$/.test(tag)) {
    const { quasis } = node.quasi as unknown as { quasis: Node[] }
    for (const { start, end } of quasis) visit(start, end, tag === 'css')
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visitTexts(child, visit)
  }
}

const tightCss = (text: string) =>
  text
    .replace(/\n?([{};,()])\n/g, '$1')
    .replace(/\n\)/g, ')')
    .replace(/ !important/g, '!important')
    .replace(/\btransparent\b/g, '#0000')
    .replace(/='([a-z]+)'\]/g, '=$1]')
    .replace(/([:,{]) +/g, '$1')
    .replace(/ +\{/g, '{')
    .replace(/;\}/g, '}')

/**
 * Takes the indentation out of templates. In HTML line breaks stay, so that inline elements keep
 * their gap. Source maps of a file with styles are off by some lines below them; styles stand last.
 */
export function tightTemplates(): Plugin {
  return {
    name: 'tight-templates',
    transform(code, id) {
      if (id.includes('node_modules') || !/\b(html|css|svg)`/.test(code)) return null
      const texts: { start: number; end: number; css: boolean }[] = []
      visitTexts(this.parse(code) as unknown as Node, (start, end, css) => texts.push({ start, end, css }))
      let tight = code
      for (const { start, end, css } of texts.sort((a, b) => b.start - a.start)) {
        let text = tight.slice(start, end).replace(/\n[ \t]+/g, '\n')
        if (css) text = tightCss(text)
        // before the first rule
        if (css && tight[start - 1] === '`') text = text.replace(/^\n/, '')
        tight = tight.slice(0, start) + text + tight.slice(end)
      }
      return { code: tight, map: null }
    },
  }
}
