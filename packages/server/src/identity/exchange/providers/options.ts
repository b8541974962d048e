import { ConfigProblem } from '../../options.ts'
import { isSafeUrl } from '../fetch.ts'

/**
 * The address below which a provider is asked, with a slash at its end.
 *
 * @throws ConfigProblem for one that is neither https nor on this machine
 */
export function baseOf(address: string): URL {
  const url = URL.parse(address.endsWith('/') ? address : `${address}/`)
  if (isSafeUrl(url) && url.search === '' && url.hash === '') return url
  throw new ConfigProblem(
    `"${URL.parse(address)?.host ?? 'The address'}" of a sign-in provider has to begin with https://.`,
  )
}

/** @throws ConfigProblem naming an option that is missing, never its value */
export function needed<O extends { kind: string }>(options: O, names: readonly (keyof O & string)[]): void {
  for (const name of names) {
    if (typeof options[name] === 'string' && options[name] !== '') continue
    throw new ConfigProblem(`A sign-in provider of kind ${options.kind} needs ${name}.`)
  }
}
