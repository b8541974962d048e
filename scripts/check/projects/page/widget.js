// One class of the widgets: the others have to stay behind.
import { MqInbox } from '@minqing/elements'

globalThis.entries = { name: MqInbox.name }
