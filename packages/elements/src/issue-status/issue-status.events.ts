import type { Report } from '@minqing/core/wire'

/** The resident rated a result here, or asked for it to be taken up again, and the server took it. */
export class MqReportChangeEvent extends Event {
  static readonly type = 'mq-report-change'
  /** The report as it is now. */
  readonly report: Report
  readonly change: 'rated' | 'reopened'

  constructor(report: Report, change: 'rated' | 'reopened') {
    super(MqReportChangeEvent.type, { bubbles: true, composed: true })
    this.report = report
    this.change = change
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'mq-report-change': MqReportChangeEvent
  }
}
