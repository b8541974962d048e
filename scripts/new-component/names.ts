import { StartupProblem } from '../problem.ts'

/** The forms of a component's name. */
export interface Names {
  /** mq-foo-bar */
  tag: string
  /** foo-bar: folder and files */
  file: string
  /** MqFooBar */
  className: string
}

/**
 * Reads a tag such as `mq-foo-bar`.
 *
 * @throws StartupProblem if it is none
 */
export function namesOf(tag: string | undefined): Names {
  if (!tag || !/^mq(-[a-z][a-z0-9]*)+$/.test(tag)) {
    throw new StartupProblem(
      `Name the new component like mq-foo-bar${tag ? `, not ${tag}` : ''}: npm run new-component -- mq-foo-bar`,
    )
  }
  const words = tag.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return { tag, file: tag.slice('mq-'.length), className: words.join('') }
}
