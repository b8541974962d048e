import type { Report } from '@minqing/core/wire'

/** The server has the report; `report.receipt` is what the resident should keep. */
export class MqReportSentEvent extends Event {
  static readonly type = 'mq-report-sent'
  readonly report: Report

  constructor(report: Report) {
    super(MqReportSentEvent.type, { bubbles: true, composed: true })
    this.report = report
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'mq-report-sent': MqReportSentEvent
  }
}
