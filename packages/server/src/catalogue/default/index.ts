import { commerce } from './commerce.ts'
import { construction } from './construction.ts'
import { consumer } from './consumer.ts'
import { education } from './education.ts'
import { enterprise } from './enterprise.ts'
import { environment } from './environment.ts'
import { farming } from './farming.ts'
import { health } from './health.ts'
import { justice } from './justice.ts'
import { labor } from './labor.ts'
import { land } from './land.ts'
import type { Row } from './row.ts'
import { safety } from './safety.ts'
import { transport } from './transport.ts'
import { utilities } from './utilities.ts'
import { village } from './village.ts'
import { welfare } from './welfare.ts'

/** The default catalogue, those above before those below. */
export const defaultCategories: readonly Row[] = [
  ...construction,
  ...transport,
  ...environment,
  ...education,
  ...labor,
  ...commerce,
  ...health,
  ...farming,
  ...welfare,
  ...safety,
  ...utilities,
  ...land,
  ...justice,
  ...village,
  ...enterprise,
  ...consumer,
]
