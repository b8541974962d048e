import { MqDiaryFeed } from '../diary-feed/diary-feed.ts'
import { define } from '../internal/define.ts'

export { MqDiaryFeed }

define('mq-diary-feed', MqDiaryFeed)
