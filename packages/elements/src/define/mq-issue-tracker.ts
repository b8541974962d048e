import { MqIssueTracker } from '../issue-tracker/issue-tracker.ts'
import { define } from '../internal/define.ts'

export { MqIssueTracker }

define('mq-issue-tracker', MqIssueTracker)
