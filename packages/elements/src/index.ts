export { configure, type Configuration, type Locale } from './configure.ts'
export { version } from './version.ts'
