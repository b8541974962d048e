/** What counts of an installed package's package.json. */
export interface Manifest {
  name: string
  exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** Something that can be imported from a package. */
export interface Entry {
  /** `@minqing/elements/define/mq-inbox` */
  specifier: string
  /**
   * Code is imported by its names; what acts by being imported, without; data is JSON. A style sheet has to be there and is
   * imported by nobody: whether a project can depends on its bundler.
   */
  kind: 'code' | 'act' | 'data' | 'style'
}

/** Folder of modules that act by being imported: ours, whatever `sideEffects` says to bundlers. */
const acting = './define/'

function kindOf(key: string, file: string): Entry['kind'] {
  if (file.endsWith('.css')) return 'style'
  if (file.endsWith('.json')) return 'data'
  return key.startsWith(acting) ? 'act' : 'code'
}

/** What stands for the `*` of a target in the files that the package brings. */
function starsOf(target: string, files: readonly string[]): string[] {
  const [head = '', tail = ''] = target.split('*')
  return files
    .filter((file) => file.startsWith(head) && file.endsWith(tail) && file.length > target.length - 1)
    .map((file) => file.slice(head.length, file.length - tail.length))
}

/**
 * All entries of a package, those with a `*` spelled out.
 *
 * @param files of the package, as `./dist/index.js`
 * @throws for an entry without a file: nobody could import it
 */
export function entriesOf({ name, exports }: Manifest, files: readonly string[]): Entry[] {
  return Object.entries(exports).flatMap(([key, said]) => {
    const target = typeof said === 'string' ? said : (said['default'] ?? '')
    const stars = target.includes('*') ? starsOf(target, files).sort() : ['']
    if (stars.length === 0) throw new Error(`${name}: no file fits ${target}, which its exports name.`)
    return stars.map((star): Entry => {
      const file = target.replace('*', star)
      if (!files.includes(file)) throw new Error(`${name}: ${file}, which its exports name, is not packed.`)
      return { specifier: `${name}${key.slice(1).replace('*', star)}`, kind: kindOf(key, file) }
    })
  })
}

/**
 * A module that imports all entries and exports `entries`, their names.
 *
 * @param options.data what follows the import of JSON
 * @param options.bare whether what acts is imported without names, as on a page, so that a bundler may drop it
 */
export function importAll(entries: readonly Entry[], { data = '', bare = true } = {}): string {
  const modules = entries.filter(({ kind }) => kind !== 'style')
  const named = modules.filter(({ kind }) => kind !== 'act' || !bare)
  const bareOnes = modules.filter((entry) => !named.includes(entry))
  return [
    ...bareOnes.map(({ specifier }) => `import '${specifier}'`),
    ...named.map(({ specifier, kind }, at) =>
      kind === 'data' ? `import e${at} from '${specifier}'${data}` : `import * as e${at} from '${specifier}'`,
    ),
    'export const entries = {',
    ...named.map(({ specifier }, at) => `  '${specifier}': Object.keys(e${at}),`),
    '}',
    '',
  ].join('\n')
}
