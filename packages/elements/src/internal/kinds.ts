import type { DiaryKind } from '@minqing/core/wire'
import { msg } from './localize.ts'

/** The kinds of diary with their names, in the order in which they are offered. */
export const kindNames = (): [DiaryKind, string][] => [
  ['visit', msg('走访', { id: 'kind.visit' })],
  ['factory', msg('工厂', { id: 'kind.factory' })],
  ['workshop', msg('车间', { id: 'kind.workshop' })],
  ['idea', msg('金点子', { id: 'kind.idea' })],
  ['help', msg('求助', { id: 'kind.help' })],
]
