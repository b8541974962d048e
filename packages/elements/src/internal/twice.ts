import { version } from '../version.ts'
import { advise } from './advice.ts'

let told = false

/** Says, once, that a tag was defined already, and which versions they are. */
export function tellTwice(tag: string, earlier: string = '?'): void {
  if (told) return
  told = true
  advise(`<${tag}> of version ${earlier} is on this page already; version ${version} is not used.`)
}
