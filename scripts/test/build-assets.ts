// Builds what the reference server serves, as `npm start` does: once, before the tests that need it begin. Otherwise
// the first of them would build it, and the time it takes would be taken for theirs.
import { builtAssets } from '../../test/support/assets.ts'

await builtAssets()
