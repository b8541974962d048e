import commonjsModule from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup, type OutputChunk, type Plugin } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { minify } from 'terser'
import { lowerGlobals } from './lower-globals.ts'

// Its types describe its CommonJS build, which is not the one that Node loads here.
const commonjs = commonjsModule as unknown as () => Plugin

export interface Bundled {
  /** Entry → file. */
  input: Record<string, string>
  /** Conditions of packages' exports besides the browser's. */
  conditions?: readonly string[]
  /** Folders of packages besides those that are found from the importing file upward. */
  modulePaths?: string[]
  /** What changes modules before they are minified. */
  plugins?: Plugin[]
  /** Chunks that are made on purpose; the others fall out of who imports what. */
  chunkOf?: (id: string) => string | undefined
  /** Whether all functions of a chunk, or most, run as soon as it is loaded. */
  isAtOnce?: (name: string) => boolean
  /** Whether an entry is executed as a classic script. */
  isClassic?: (name: string) => boolean
}

function terserPlugin(isClassic: (name: string) => boolean): Plugin {
  return {
    name: 'terser',
    async renderChunk(code, { name }) {
      const result = await minify(code, {
        module: !isClassic(name),
        ecma: 2020,
        sourceMap: { asObject: true },
        compress: { passes: 2, unsafe_arrows: true },
        format: { comments: false },
      })
      return { code: result.code ?? '', map: result.map as never }
    },
  }
}

/**
 * Has V8 (from Chromium 136 on) compile all of a chunk on the thread that reads it from the network. Otherwise each
 * function is compiled when it is first called, by the page's main thread: a fifth of what our code costs there.
 */
const atOnce = (isAtOnce: (name: string) => boolean): Plugin => ({
  name: 'at-once',
  renderChunk: (code, { name }) =>
    isAtOnce(name) ? { code: `//# allFunctionsCalledOnLoad\n${code}`, map: null } : null,
})

/** Bundles for our oldest browser, and minifies, without writing. Chunks carry source maps. */
export async function bundle(options: Bundled): Promise<OutputChunk[]> {
  const { input, conditions = [], modulePaths = [], plugins = [], chunkOf } = options
  const { isAtOnce = () => false, isClassic = () => false } = options
  const bundled = await rollup({
    input,
    // an entry may export more than it says: otherwise one whose code others share becomes a file that only points to it
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      nodeResolve({
        browser: true,
        exportConditions: [...conditions, 'browser'],
        extensions: ['.ts', '.mjs', '.js'],
        modulePaths,
      }),
      commonjs(),
      // Dependencies are lowered, too: they are written for newer browsers than our floor.
      esbuild({
        include: /\.[jt]s$|\.mjs$/,
        exclude: [],
        target: 'chrome86',
        tsconfig: false,
        tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
      }),
      lowerGlobals(),
      ...plugins,
      terserPlugin(isClassic),
      atOnce(isAtOnce),
    ],
    onwarn(warning, warn) {
      if (warning.code !== 'CIRCULAR_DEPENDENCY') warn(warning)
    },
  })
  const { output } = await bundled.generate({
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    ...(chunkOf && { manualChunks: chunkOf }),
    hoistTransitiveImports: true,
  })
  await bundled.close()
  return output.filter((file): file is OutputChunk => file.type === 'chunk')
}
