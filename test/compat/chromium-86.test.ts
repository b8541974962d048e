import { chromium86 } from './browsers.ts'
import { widgetsWork } from './widgets.ts'

widgetsWork(chromium86)
