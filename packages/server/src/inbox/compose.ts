import type { NoticeType } from '@minqing/core'
import type { Message, Recipient } from '../internal/message-channel.ts'

/** What a message by mail says; nothing in it tells who the resident is. */
export interface Letter {
  /** Of the inbox entry. */
  readonly id: string
  readonly to: Recipient
  readonly type: NoticeType
  readonly issue: string
  readonly number: string
  readonly title: string
  /** Names that must not leave: the resident's. */
  readonly secret: readonly string[]
  /** Until when the recipient has to do something. */
  readonly dueAt: Date | null
}

const headings: Readonly<Record<NoticeType, string>> = {
  submitted: '有事项待受理',
  assigned: '新的交办',
  asked: '有申请待审定',
  decided: '申请或安排已有决定',
  returned: '退单已批准',
  dueSoon: '期限将到',
  breached: '已超过期限',
  answered: '有答复',
  sentBack: '答复被退回',
  reviewed: '答复已审核通过',
  rated: '群众已评价',
  reopened: '事项需要重办',
  reminded: '催办',
  supervised: '督办',
  consultation: '已转入会诊',
  mentioned: '有人提到了您',
  closed: '已办结',
}

/** Runs of digits that may be a phone or an identity card, however they are written and grouped. */
const numbers = /\p{Nd}(?:[\s.·\p{Pd}]?\p{Nd}){6,17}[XxＸｘ]?/gu

/** A title without names and numbers of residents, on one line. */
export function discreet(title: string, secret: readonly string[]): string {
  const nameless = secret
    .filter((name) => name.trim() !== '')
    .reduce((text, name) => text.replaceAll(name, '某某'), title)
  return nameless
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(numbers, '****')
    .trim()
}

const beijing = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'long',
  timeStyle: 'short',
})

/** @param issueUrl address of an issue in the portal, with `{id}` where the issue's id belongs */
export function compose(letter: Letter, issueUrl: string | undefined): Message {
  const { id, to, type, number, dueAt } = letter
  const title = discreet(letter.title, letter.secret)
  const link = issueUrl?.replaceAll('{id}', letter.issue)
  const lines = [
    `${headings[type]}。`,
    '',
    `编号：${number}`,
    `标题：${title}`,
    ...(dueAt ? [`期限：${beijing.format(dueAt)}（北京时间）`] : []),
    ...(link ? ['', '请登录查看并处理：', link] : ['', '请登录查看并处理。']),
    '',
    '此消息由系统自动发送，请勿回复。',
    '',
  ]
  return { id, to, subject: `【民情】${headings[type]}：${number} ${title}`, text: lines.join('\n') }
}
