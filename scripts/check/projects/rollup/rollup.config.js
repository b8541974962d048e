import commonjs from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'

/** The runtime of the shapes imports itself in circles; only the server in memory for tests has it. */
const isKnown = ({ code, ids = [] }) =>
  code === 'CIRCULAR_DEPENDENCY' && ids.every((id) => id.includes('/node_modules/typebox/'))

export default {
  output: { format: 'esm', entryFileNames: 'main.js' },
  plugins: [nodeResolve({ browser: true }), commonjs()],
  onLog(level, log, tell) {
    if (!isKnown(log)) tell(level, log)
  },
}
