import { define } from '../internal/define.ts'
import { MqIssueStatus } from '../issue-status/issue-status.ts'

export { MqIssueStatus }

define('mq-issue-status', MqIssueStatus)
