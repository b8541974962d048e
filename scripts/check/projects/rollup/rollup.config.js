import { nodeResolve } from '@rollup/plugin-node-resolve'

export default {
  output: { format: 'esm', entryFileNames: 'main.js' },
  plugins: [nodeResolve({ browser: true })],
}
