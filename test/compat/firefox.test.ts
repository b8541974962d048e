import { firefox } from './browsers.ts'
import { widgetsWork } from './widgets.ts'

widgetsWork(firefox)
