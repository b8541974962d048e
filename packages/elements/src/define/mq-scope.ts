import { define } from '../internal/define.ts'
import { MqScope } from '../scope/scope.ts'

export { MqScope }

define('mq-scope', MqScope)
