import { startFirefox } from './firefox.ts'
import { widgetsWork } from './widgets.ts'

widgetsWork('Firefox ESR', startFirefox, /firefox\/\d+/i)
