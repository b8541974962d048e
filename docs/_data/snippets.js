import { readFileSync } from 'node:fs'

const read = (name) => readFileSync(new URL(`../snippets/${name}`, import.meta.url), 'utf8').trim()

/** Programs that a test runs, shown as they are. */
export default {
  node: read('sign-token.mjs'),
  java: read('SignToken.java'),
  python: read('sign_token.py'),
}
