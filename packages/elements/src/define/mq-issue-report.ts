import { define } from '../internal/define.ts'
import { MqIssueReport } from '../issue-report/issue-report.ts'

export { MqIssueReport }

define('mq-issue-report', MqIssueReport)
