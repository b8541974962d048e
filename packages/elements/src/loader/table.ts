/** The tags that the loader knows, and where their code is. */
export const widgets: Record<string, () => Promise<unknown>> = {
  'mq-diary-composer': () => import('../define/mq-diary-composer.ts'),
  'mq-diary-feed': () => import('../define/mq-diary-feed.ts'),
  'mq-issue-tracker': () => import('../define/mq-issue-tracker.ts'),
  'mq-issue-report': () => import('../define/mq-issue-report.ts'),
  'mq-issue-status': () => import('../define/mq-issue-status.ts'),
  'mq-inbox': () => import('../define/mq-inbox.ts'),
  'mq-scope': () => import('../define/mq-scope.ts'),
}
