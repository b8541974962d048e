import { lifeCycleDiagram } from '../lib/life-cycle/diagram.ts'
import { lifeCycleRows } from '../lib/life-cycle/rows.ts'

export default { diagram: lifeCycleDiagram(), rows: lifeCycleRows() }
