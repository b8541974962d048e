/** A hole of the compatibility matrix that is meant to be: where, and in words for the page about embedding, why. */
export interface Hole {
  /** Columns of `npm run compat`. */
  browsers: readonly string[]
  title: string
  why: string
}

/** All of them by id. `npm run compat` fails on a hole that is not explained here for that browser. */
export const holes: Readonly<Record<string, Hole>> = {
  'trusted-types': {
    browsers: ['Firefox ESR'],
    title: '可信类型（Trusted Types）',
    why: '较早的 Firefox ESR（例如 140）还没有可信类型，会忽略策略里的 require-trusted-types-for；有可信类型的版本照常检验。组件的代码没有分别，内容安全策略的其余各项在两者里都检验。',
  },
}
