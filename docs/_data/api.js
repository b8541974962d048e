import { apiReference } from '../lib/api.ts'

export default apiReference()
