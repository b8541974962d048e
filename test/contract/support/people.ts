import type { Grant } from '@minqing/core'

export const village = '330683100201'
export const county = '330683'

/** Words that nobody outside may ever see. */
export const secrets = {
  text: '只给本村看的求助内容',
  comment: '只给本村看的回答',
  author: '叶知秋',
  issue: '只给经办人看的事项内容',
  resident: '柳成荫',
  /** Masked everywhere but in the one answer that shows it. */
  phone: '13987654321',
} as const

const grants: Grant[] = [{ role: 'villageOfficer', area: village }]
export const author = { sub: 'author', name: secrets.author, grants }
