import { locale, msg } from './localize.ts'

interface Problem {
  code?: string
  titles?: { 'zh-CN': string; en: string }
}

/** The code of a problem, without loading the client for it. A chunk that could not be loaded means: offline. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as Problem
  return code ?? (error instanceof TypeError ? 'offline' : 'internal')
}

/** A problem in a sentence for people. */
export function sentenceOf(error: unknown): string {
  const { titles } = (error ?? {}) as Problem
  if (titles) return titles[locale()]
  if (codeOf(error) === 'offline') return msg('网络不可用', { id: 'common.offline' })
  return msg('出了点问题，请再试一次', { id: 'common.problem' })
}

/** Whether signing in (again) is what helps. */
export const isSignedOut = (code: string): boolean => code === 'unauthenticated' || code.startsWith('token_')
