import { configureLocalization } from '@lit/localize/init/runtime.js'

/** Loaded only when a language other than the source is wanted. */
export const { setLocale } = configureLocalization({
  sourceLocale: 'zh-CN',
  targetLocales: ['en'],
  loadLocale: () => import('../locales/en.ts'),
})
