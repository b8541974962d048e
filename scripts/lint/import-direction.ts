import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Rule } from 'eslint'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Which packages a package may import: core ← client ← elements ← plugins and core ← server. */
const ALLOWED: Record<string, string[]> = {
  core: [],
  client: ['core'],
  elements: ['core', 'client'],
  plugins: ['core', 'client', 'elements'],
  server: ['core'],
}

/**
 * Folders that are no features, by package: what they hold is for every feature, or joins the features. The demo
 * joins them, and who somebody is and which area they may see concerns every feature.
 */
const SHARED: Record<string, string[]> = {
  core: ['internal', 'areas'],
  client: ['internal', 'outbox', 'notes'],
  elements: ['internal', 'testing', 'define', 'locales'],
  plugins: ['internal'],
  server: ['internal', 'database', 'testing', 'identity', 'areas'],
}
const JOINING = ['internal', 'demo', 'testing', 'define', 'locales', 'database']

/** Where a file lies: packages/<name>/src/<feature>/…; the feature is undefined for files directly in src. */
function placeOf(path: string): { name: string; feature: string | undefined } | undefined {
  const [top, name, src, ...rest] = relative(root, path).split(sep)
  if (top !== 'packages' || !name || src !== 'src') return undefined
  return { name, feature: rest.length > 1 ? rest[0] : undefined }
}

function complaint(from: string, specifier: string): string | undefined {
  const here = placeOf(from)
  if (!here) return undefined
  const isTest = /\.test\.ts$/.test(from) || here.feature === 'testing' || /[\\/]testing[\\/]/.test(from)
  const named = /^@minqing\/([a-z]+)/.exec(specifier)?.[1]
  if (named) {
    if (named === here.name) return `import files of the own package by their path, not as ${specifier}`
    if (isTest || ALLOWED[here.name]?.includes(named)) return undefined
    return `${here.name} may not import ${named} (core ← client ← elements ← plugins, core ← server)`
  }
  if (!specifier.startsWith('.')) return undefined
  const there = placeOf(join(dirname(from), specifier))
  if (!there) return isTest ? undefined : 'sources of a package stay within the package'
  if (there.name !== here.name) return `import @minqing/${there.name} by its name`
  if (isTest || !here.feature || !there.feature || here.feature === there.feature) return undefined
  // shapes and the words in them are core's vocabulary: a diary has an area and an author, a message an issue's state
  if (here.name === 'core' && /[/-](schema|words)\.ts$/.test(specifier)) return undefined
  if (JOINING.includes(here.feature) || SHARED[here.name]?.includes(there.feature)) return undefined
  return `the feature ${here.feature} may not import the feature ${there.feature}: share it in internal/ or core`
}

/** Keeps the packages in their order and the features apart from each other. */
export const importDirection: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { wrong: 'Wrong direction: {{complaint}}.' } },
  create(context) {
    const check = (node: Rule.Node, value: unknown) => {
      if (typeof value !== 'string') return
      const found = complaint(context.filename, value)
      if (found) context.report({ node, messageId: 'wrong', data: { complaint: found } })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.type === 'Literal' ? node.source.value : undefined),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
    }
  },
}
