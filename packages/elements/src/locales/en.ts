import { common } from './common.en.ts'
import { composer } from './composer.en.ts'
import { feed } from './feed.en.ts'

/** English by message id. In a template with values, `${0}` stands where the first value of the Chinese one goes. */
export const templates = { ...common, ...composer, ...feed }
