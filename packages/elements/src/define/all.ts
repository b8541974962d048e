import './mq-diary-composer.ts'
import './mq-diary-feed.ts'

export { configure } from '../configure.ts'
export { version } from '../version.ts'
