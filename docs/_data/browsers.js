import { holes } from '../lib/browsers.ts'

export default { holes: Object.entries(holes).map(([id, hole]) => ({ id, ...hole })) }
