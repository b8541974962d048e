import './mq-diary-composer.ts'
import './mq-diary-feed.ts'
import './mq-issue-tracker.ts'
import './mq-issue-report.ts'
import './mq-issue-status.ts'
import './mq-inbox.ts'

export { configure } from '../configure.ts'
export { version } from '../version.ts'
