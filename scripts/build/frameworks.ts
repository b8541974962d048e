import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { vscodeData, webTypes } from './editor-data.ts'
import { reactFile, svelteFile, vueFile, widgetsFile } from './framework-types.ts'
import type { Manifest } from './manifest.ts'
import { at, elementsVersion } from './paths.ts'
import { widgetsOf } from './widgets.ts'

const json = (value: object) => JSON.stringify(value, null, 2) + '\n'

/**
 * Writes what frameworks and editors want to know of the widgets, all made from the manifest:
 * `frameworks/{react,vue,svelte}.d.ts`, `vscode.html-custom-data.json` and `web-types.json`.
 */
export async function buildFrameworks(manifest: Manifest, dir = at('packages/elements/dist')): Promise<void> {
  const widgets = widgetsOf(manifest)
  const files: Record<string, string> = {
    'frameworks/widgets.d.ts': widgetsFile(widgets),
    'frameworks/widgets.js': 'export {}\n',
    'vscode.html-custom-data.json': json(vscodeData(widgets)),
    'web-types.json': json(webTypes(widgets, elementsVersion())),
  }
  const types = { react: reactFile, vue: vueFile, svelte: svelteFile }
  for (const [name, made] of Object.entries(types)) {
    files[`frameworks/${name}.d.ts`] = made(widgets)
    // `import '@minqing/elements/react'` is for the types; a bundler has to find something there, too.
    files[`frameworks/${name}.js`] = 'export {}\n'
  }
  await mkdir(join(dir, 'frameworks'), { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
}
