export { createApp } from './app.ts'
export { demoAreas, importAreas } from './areas/import.ts'
export type { AppInput } from './config.ts'
export { migrate } from './database/migrate.ts'
export { DatabaseProblem } from './database/problem.ts'
export { seedDemo, type SeedOptions } from './demo/seed.ts'
export { importPeople, PeopleProblem, type PeopleImport } from './identity/exchange/import.ts'
export type {
  Directory,
  DirectoryPerson,
  ExchangeOptions,
  ProviderOptions,
} from './identity/exchange/options.ts'
export { ConfigProblem, type TokenOptions } from './identity/options.ts'
export type { RateLimits } from './internal/limits.ts'
export { faultLine, type Fault } from './issues/verify/faults.ts'
export { verifyChains, type Verified } from './issues/verify/verify.ts'
export { startServer, type RunningServer, type StartOptions } from './main.ts'
