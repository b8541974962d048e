import type { Calendar } from '@minqing/core'
import chineseDays from 'chinese-days'

/** The working days of China, with its holidays and make-up days. */
export const chineseCalendar: Calendar = { isWorkingDay: (day) => chineseDays.isWorkday(day) }
