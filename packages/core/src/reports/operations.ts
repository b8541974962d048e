import type { Operation } from '../internal/operation.ts'
import { strict } from '../internal/shapes.ts'
import { reportRoutes } from './routes.ts'
import {
  NewAnonymousReport,
  NewReport,
  Receipt,
  Report,
  ReportForm,
  ReportFormQuery,
  ReportPage,
  ReportQuery,
  ReportRating,
  ReportReopening,
} from './schema.ts'

export const reportOperations = {
  form: {
    route: reportRoutes.form,
    summary: ['反映问题时可以选择的区域与类别', 'What a resident can choose from: areas and categories'],
    capability: null,
    query: ReportFormQuery,
    success: { status: 200, schema: ReportForm },
    errors: ['area_not_found'],
  },
  create: {
    route: reportRoutes.create,
    summary: ['群众反映问题', 'Report a matter as a resident'],
    capability: 'report.create',
    body: NewReport,
    success: { status: 201, schema: Report },
    errors: ['area_not_found', 'id_taken', 'photo_unknown', 'category_unknown'],
    confidential: true,
  },
  createAnonymous: {
    route: reportRoutes.createAnonymous,
    summary: ['匿名反映问题（须部署方允许）', 'Report without signing in, where the deployment allows it'],
    capability: null,
    body: NewAnonymousReport,
    success: { status: 201, schema: Report },
    errors: ['anonymous_refused', 'area_not_found', 'id_taken', 'category_unknown'],
  },
  mine: {
    route: reportRoutes.mine,
    summary: ['我反映的问题', "The caller's own reports, newest first"],
    capability: 'report.read',
    query: ReportQuery,
    success: { status: 200, schema: ReportPage },
    errors: ['cursor_invalid'],
    paged: true,
  },
  status: {
    route: reportRoutes.status,
    summary: ['凭受理编号查询', 'Look a report up by its receipt'],
    capability: null,
    query: strict({ receipt: Receipt }),
    success: { status: 200, schema: Report },
    errors: ['receipt_unknown'],
  },
  rate: {
    route: reportRoutes.rate,
    summary: ['评价办理结果', 'Rate the result; not solved means that it is taken up again'],
    capability: null,
    body: ReportRating,
    success: { status: 200, schema: Report },
    errors: ['receipt_unknown', 'action_unavailable'],
    confidential: true,
  },
  reopen: {
    route: reportRoutes.reopen,
    summary: ['要求重办', 'Have a closed report taken up again within thirty days'],
    capability: null,
    body: ReportReopening,
    success: { status: 200, schema: Report },
    errors: ['receipt_unknown', 'action_unavailable', 'reopen_expired'],
    confidential: true,
  },
} as const satisfies Record<string, Operation>
