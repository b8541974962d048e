import { isOpen } from './available.ts'
import type { Flow } from './flow-schema.ts'
import { issueLimits } from './words.ts'

/** The first line, as far as it fits. */
export function titleOf(text: string): string {
  const line =
    text
      .split('\n')
      .find((part) => part.trim() !== '')
      ?.trim() ?? ''
  if (line.length <= issueLimits.title) return line
  let title = ''
  for (const letter of line) {
    if (title.length + letter.length >= issueLimits.title) break
    title += letter
  }
  return `${title}…`
}

/** [V3] `13812341234` as `138****1234`; of a short number only the end stays. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length >= 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`
}

const running = ({ assignments }: Flow) =>
  assignments.filter((part) => isOpen(part) && part.suspendedAt === null)

/** The next deadline that somebody has to keep; `undefined` when no clock runs. */
export function dueOf(flow: Flow): string | undefined {
  const dues = running(flow).map((part) => (part.state === 'offered' ? part.acceptDueAt : part.dueAt))
  if (flow.residentClock.stoppedAt === null) dues.push(flow.residentClock.dueAt)
  return dues.sort()[0]
}

/** 0, 1 when a running clock has warned, 2 when one is past its deadline. */
export const alarmOf = (flow: Flow): number =>
  Math.min(
    2,
    Math.max(
      flow.residentClock.stoppedAt === null ? flow.residentClock.alarm : 0,
      ...running(flow).map((part) =>
        Math.max(part.dueAlarm, part.state === 'offered' ? part.acceptAlarm : 0),
      ),
    ),
  )

/** Every unit with a part in it, past or present. */
export const unitsOf = (flow: Flow): string[] => [...new Set(flow.assignments.map(({ unit }) => unit.id))]

/** Whether a unit waits for a decision of the dispatcher. */
export const isAsked = (flow: Flow): boolean =>
  flow.assignments.some((part) => isOpen(part) && part.request !== null)

/** Whether an issue can take another in [I11]: it is at work, itself in no other, and can answer them all at once. */
export const takes = (main: { id: string; flow: Flow }, child: { id: string }): boolean =>
  main.id !== child.id &&
  (main.flow.pattern?.children ?? 0) < issueLimits.children &&
  main.flow.state !== 'merged' &&
  main.flow.state !== 'closed' &&
  main.flow.state !== 'awaitingRating'
