import { issueLimits, targetsOf, type Assignment } from '@minqing/core/wire'
import { msg } from '../../internal/localize.ts'
import { outcome, pictures, speaker, text, why, type Deed } from './deed.ts'
import type { Field } from './fields.ts'

const { note, answer } = issueLimits

/** The last deadline among them; none when a colleague was quicker and there is nothing left to extend. */
const latest = (parts: readonly Assignment[]): number | undefined =>
  parts.length ? Math.max(...parts.map(({ dueAt }) => Date.parse(dueAt))) : undefined

/** What units do and ask for. */
export const unitDeeds: readonly Deed[] = [
  {
    actions: ['accept', 'acceptAssist'],
    operation: 'accept',
    name: () => msg('签收', { id: 'action.accept' }),
    hint: () => msg('签收后由您的单位负责办理，办理时限从派单时起算。', { id: 'action.accept.hint' }),
    fields: speaker,
  },
  {
    actions: ['answer', 'answerAssist'],
    operation: 'answer',
    name: () => msg('答复结果', { id: 'action.answer' }),
    hint: () =>
      msg('主办单位的答复经审核后告知群众；协办单位的答复交主办单位。', { id: 'action.answer.hint' }),
    fields: (context) => {
      const { issue, units } = context
      const own = targetsOf('answer', issue).some(({ unit }) => units.some(({ id }) => id === unit.id))
      return [
        ...speaker(context),
        text('text', msg('答复内容', { id: 'action.answerText' }), answer, true, 6),
        ...(own ? [outcome(), pictures(msg('办理后的照片（可不填）', { id: 'action.after' }))] : []),
      ]
    },
  },
  {
    actions: ['addProgress'],
    operation: 'addProgress',
    name: () => msg('办理反馈', { id: 'action.addProgress' }),
    fields: (context) => [
      ...speaker(context),
      text('note', msg('办理情况', { id: 'action.note' }), note, true, 5),
      pictures(msg('照片（可不填）', { id: 'action.photos' })),
      ...(context.people.length
        ? [
            {
              kind: 'people',
              name: 'mentions',
              label: msg('提醒谁看（可不选）', { id: 'action.mentions' }),
              people: context.people,
            } satisfies Field,
          ]
        : []),
    ],
  },
  {
    actions: ['resume'],
    operation: 'resume',
    name: () => msg('恢复办理', { id: 'action.resume' }),
    hint: () => msg('结束挂起，办理时限继续计算。', { id: 'action.resume.hint' }),
    fields: speaker,
  },
  {
    actions: ['requestExtension'],
    operation: 'requestExtension',
    name: () => msg('申请延期', { id: 'action.requestExtension' }),
    fields: (context) => [
      ...speaker(context),
      {
        kind: 'day',
        name: 'dueAt',
        label: msg('延期到', { id: 'action.extendTo' }),
        required: true,
        after: latest(
          targetsOf(
            'requestExtension',
            context.issue,
            context.units.map(({ id }) => id),
          ),
        ),
      },
      why(),
    ],
  },
  {
    actions: ['requestSuspension'],
    operation: 'requestSuspension',
    name: () => msg('申请挂起', { id: 'action.requestSuspension' }),
    hint: () => msg('同意后办理时限暂停，到所选日期自动恢复。', { id: 'action.requestSuspension.hint' }),
    fields: (context) => [
      ...speaker(context),
      { kind: 'day', name: 'until', label: msg('挂起到', { id: 'action.suspendTo' }), required: true },
      why(),
    ],
  },
  {
    actions: ['requestReturn'],
    operation: 'requestReturn',
    name: () => msg('申请退单', { id: 'action.requestReturn' }),
    hint: () => msg('退单须指明更合适的单位；等待期间时限照常计算。', { id: 'action.requestReturn.hint' }),
    fields: (context) => [
      ...speaker(context),
      {
        kind: 'unit',
        name: 'betterUnit',
        label: msg('更合适的单位', { id: 'action.betterUnit' }),
        required: true,
        except: context.units.map(({ id }) => id),
      },
      why(),
    ],
  },
]
