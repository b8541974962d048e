// esbuild's way to .vue files, with the compiler that comes with Vue. A project with Vite has @vitejs/plugin-vue and
// gives it the same option: template.compilerOptions.isCustomElement.
import { readFile } from 'node:fs/promises'
import { compileScript, parse } from 'vue/compiler-sfc'

/** @returns {import('esbuild').Plugin} */
export const vueFiles = () => ({
  name: 'vue-files',
  setup(build) {
    build.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor, errors } = parse(await readFile(path, 'utf8'), { filename: path })
      if (errors.length) throw errors[0]
      const script = compileScript(descriptor, {
        id: path,
        inlineTemplate: true,
        templateOptions: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('mq-') } },
      })
      return { contents: script.content, loader: 'ts' }
    })
  },
})
