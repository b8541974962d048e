import { componentApis } from '../lib/manifest.ts'

export default componentApis()
