import { startChromium86 } from './chromium-86.ts'
import { widgetsWork } from './widgets.ts'

widgetsWork('Chromium 86, the oldest that we promise', startChromium86, /^Chromium 86\./)
