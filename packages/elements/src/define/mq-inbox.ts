import { define } from '../internal/define.ts'
import { MqInbox } from '../inbox/inbox.ts'

export { MqInbox }

define('mq-inbox', MqInbox)
