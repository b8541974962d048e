export { coreScoring, scored, type Scoring } from '@minqing/core'
