import { dayMs } from '@minqing/core/wire'
import { html, type TemplateResult } from 'lit'
import { msg, str } from '../../internal/localize.ts'
import { absolute } from '../../internal/time.ts'
import type { ClockFace } from '../model/clocks.ts'
import { clockIcon, doneIcon, pauseIcon, warningIcon } from './icons.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

/** Working time in words, to the minute: `2 个工作日 5 小时`, `3 小时 20 分钟`. A working day has twenty-four hours [I7]. */
export function workingTime(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / minuteMs)
  const days = Math.floor((minutes * minuteMs) / dayMs)
  const hours = Math.floor(((minutes * minuteMs) % dayMs) / hourMs)
  const rest = minutes % 60
  if (days > 0)
    return hours > 0
      ? msg(str`${days} 个工作日 ${hours} 小时`, { id: 'clock.daysHours' })
      : msg(str`${days} 个工作日`, { id: 'clock.days' })
  if (hours > 0)
    return rest > 0
      ? msg(str`${hours} 小时 ${rest} 分钟`, { id: 'clock.hoursMinutes' })
      : msg(str`${hours} 小时`, { id: 'clock.hours' })
  return rest > 0
    ? msg(str`${rest} 分钟`, { id: 'clock.minutes' })
    : msg('不足 1 分钟', { id: 'clock.little' })
}

/** What is left of a clock, in words. */
export function clockWords({ state, left }: ClockFace): string {
  const time = workingTime(left)
  if (state === 'stopped')
    return left < 0
      ? msg(str`超期 ${time} 完成`, { id: 'clock.stoppedLate' })
      : msg(str`按时完成，提前 ${time}`, { id: 'clock.stopped' })
  if (state === 'paused') return msg(str`已挂起，剩余 ${time}`, { id: 'clock.paused' })
  if (state === 'breached') return msg(str`已超期 ${time}`, { id: 'clock.breached' })
  if (state === 'soon') return msg(str`即将到期，还剩 ${time}`, { id: 'clock.soon' })
  return msg(str`还剩 ${time}`, { id: 'clock.left' })
}

const icons = {
  running: clockIcon,
  soon: clockIcon,
  breached: warningIcon,
  paused: pauseIcon,
  stopped: doneIcon,
}

/** A clock in a line of text: icon, words and color say the same. */
export const clockMark = (face: ClockFace): TemplateResult =>
  html`<span
    class="clock"
    part="clock"
    data-state=${face.state}
    title=${msg(str`期限：${absolute(new Date(face.dueAt))}`, { id: 'clock.due' })}
    >${icons[face.state]}<span>${clockWords(face)}</span></span
  >`

const names = {
  resident: () => msg('群众时限', { id: 'clock.resident' }),
  accept: () => msg('签收时限', { id: 'clock.accept' }),
  due: () => msg('办理时限', { id: 'clock.work' }),
}

/** A clock with its name, bar and deadline. */
export const clockPanel = (face: ClockFace): TemplateResult =>
  html`<div class="clock-panel" data-state=${face.state}>
    <div class="row-between">
      <span class="name">${names[face.what]()}</span>
      ${clockMark(face)}
    </div>
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="4" rx="2"></rect>
      <rect class="fill" width=${Math.max(2, Math.round(face.passed * 100))} height="4" rx="2"></rect>
    </svg>
    <p class="small">${msg(str`期限：${absolute(new Date(face.dueAt))}`, { id: 'clock.due' })}</p>
  </div>`
