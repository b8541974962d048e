import { MqDiaryComposer } from '../diary-composer/diary-composer.ts'
import { define } from '../internal/define.ts'

define('mq-diary-composer', MqDiaryComposer)

declare global {
  interface HTMLElementTagNameMap {
    'mq-diary-composer': MqDiaryComposer
  }
}
