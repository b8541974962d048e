import { themePage } from '../lib/theme.ts'

export default themePage
