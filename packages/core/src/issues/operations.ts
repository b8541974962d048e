import Type from 'typebox'
import type { Operation } from '../internal/operation.ts'
import { Uuid, named, strict } from '../internal/shapes.ts'
import { actionOperations } from './action-operations.ts'
import { issueRoutes } from './routes.ts'
import {
  DiaryIssue,
  Issue,
  IssueCountQuery,
  IssueCounts,
  IssueEvent,
  IssuePage,
  IssueQuery,
  NewIssue,
  Suggestion,
} from './schema.ts'
import { issueLimits } from './words.ts'

const byId = strict({ id: Uuid })
const Day = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'A day of Asia/Shanghai: 2026-10-01',
})

export const issueOperations = {
  list: {
    route: issueRoutes.list,
    summary: ['列出事项', 'List issues of an area, or those in which one’s unit has a part'],
    capability: 'issue.read',
    query: IssueQuery,
    success: { status: 200, schema: IssuePage },
    errors: ['area_not_found', 'cursor_invalid'],
    paged: true,
  },
  counts: {
    route: issueRoutes.counts,
    summary: ['各状态的事项数', 'How many issues there are in each state'],
    capability: 'issue.read',
    query: IssueCountQuery,
    success: { status: 200, schema: IssueCounts },
    errors: ['area_not_found'],
  },
  ofDiaries: {
    route: issueRoutes.ofDiaries,
    summary: ['这些日记转成的事项', 'Which of these diaries are issues, and where those stand'],
    capability: 'issue.read',
    query: strict({
      ids: Type.String({
        pattern: '^[0-9a-f-]{36}(,[0-9a-f-]{36})*$',
        maxLength: 37 * issueLimits.page,
        description: 'Diary ids joined by commas, 100 at most',
      }),
    }),
    success: { status: 200, schema: named('DiaryIssues', { items: Type.Array(DiaryIssue) }) },
  },
  create: {
    route: issueRoutes.create,
    summary: [
      '上报事项，或由日记一键转事项',
      'Make an issue, by itself or from a diary; solved on the spot or not',
    ],
    capability: 'issue.create',
    body: NewIssue,
    success: { status: 201, schema: Issue },
    errors: [
      'area_not_found',
      'not_found',
      'id_taken',
      'photo_unknown',
      'category_unknown',
      'diary_forwarded',
    ],
  },
  get: {
    route: issueRoutes.get,
    summary: ['读取一个事项', 'Read one issue'],
    capability: 'issue.read',
    params: byId,
    success: { status: 200, schema: Issue },
    errors: ['not_found'],
  },
  timeline: {
    route: issueRoutes.timeline,
    summary: ['事项的全部经过，从早到晚', 'All that happened to an issue, oldest first'],
    capability: 'issue.read',
    params: byId,
    success: { status: 200, schema: named('Timeline', { items: Type.Array(IssueEvent) }) },
    errors: ['not_found'],
  },
  suggestion: {
    route: issueRoutes.suggestion,
    summary: [
      '建议的类别、承办单位与相似事项，附依据',
      'Suggested category, unit and similar issues, with the evidence',
    ],
    capability: 'issue.triage',
    params: byId,
    success: { status: 200, schema: Suggestion },
    errors: ['not_found'],
  },
  calendar: {
    route: issueRoutes.calendar,
    summary: ['某段时间内的休息日', 'The days off between two days, for counting working time'],
    capability: 'area.read',
    query: strict({ from: Day, to: Day }),
    success: {
      status: 200,
      schema: named('DaysOff', { from: Day, to: Day, off: Type.Array(Day) }),
    },
  },
  showContact: {
    route: issueRoutes.showContact,
    summary: ['查看联系电话（留痕）', 'See the phone number that is masked elsewhere; noted in the timeline'],
    capability: 'issue.contact',
    params: byId,
    success: {
      status: 201,
      schema: named('Contact', { name: Type.String(), phone: Type.Union([Type.String(), Type.Null()]) }),
    },
    errors: ['not_found'],
    confidential: true,
  },
  ...actionOperations,
} as const satisfies Record<string, Operation>
