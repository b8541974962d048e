import { common } from './common.en.ts'
import { composer } from './composer.en.ts'
import { feed } from './feed.en.ts'
import { forward } from './forward.en.ts'
import { inbox } from './inbox.en.ts'
import { issueActions } from './issues-actions.en.ts'
import { issueEvents } from './issues-events.en.ts'
import { issueTracker } from './issues-tracker.en.ts'
import { reports } from './reports.en.ts'

/** English by message id. In a template with values, `${0}` stands where the first value of the Chinese one goes. */
export const templates = {
  ...common,
  ...composer,
  ...feed,
  ...forward,
  ...inbox,
  ...issueActions,
  ...issueEvents,
  ...issueTracker,
  ...reports,
}
