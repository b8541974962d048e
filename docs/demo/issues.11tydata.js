/** Who sits where, with which widgets, and which steps are theirs. */
const windows = [
  {
    ...{ name: 'resident', persona: 'zhang-resident', who: '群众', widgets: 'report,status' },
    hint: '手机上填一张短表，凭受理编号看进度。',
    steps: [
      [1, '在「我要反映」里写一句，例如「村口路灯不亮，昨晚有老人绊倒」，提交。'],
      [7, '在「我反映的事项」里给五颗星，勾选「已解决」。事项办结。'],
    ],
  },
  {
    ...{ name: 'center', persona: 'he-center', who: '分派中心', widgets: 'tracker,inbox' },
    hint: '新事项已经赋分，类别与单位附着依据。',
    steps: [
      [
        2,
        '点「有 1 件新事项」，打开它，看看赋分的理由；「受理」，再按建议「派单」：主办住建局，协办交通运输局。',
      ],
      [6, '看答复，「审核通过」。'],
    ],
  },
  {
    ...{ name: 'housing', persona: 'xu-housing', who: '住建局', widgets: 'inbox,tracker' },
    hint: '主办单位，对群众的答复由它负责。',
    steps: [
      [3, '「签收」，写一条「办理反馈」。这时还不能答复：协办没有办完。'],
      [5, '「答复」：说明做了什么。'],
    ],
  },
  {
    ...{ name: 'traffic', persona: 'ma-traffic', who: '交通运输局', widgets: 'inbox,tracker' },
    hint: '协办单位，期限比主办早。',
    steps: [[4, '「签收」，然后「答复」主办单位。']],
  },
  {
    ...{ name: 'village', persona: 'chen-village', who: '驻村干部', widgets: 'tracker,composer,feed' },
    hint: '本村的事一直看得到，也可以由它开头：写一篇日记，在动态里点「转为事项」。',
    steps: [],
  },
  {
    ...{ name: 'leader', persona: 'zhou-leader', who: '市领导', widgets: 'tracker,inbox' },
    hint: '任何时候都可以「催办」「督办」，难办的「提请会诊」；超期的会自己找上来。',
    steps: [],
  },
]

const marks = ['', '①', '②', '③', '④', '⑤', '⑥', '⑦']
const titles = ['', '反映', '受理派单', '签收反馈', '协办答复', '答复', '审核', '评价']

export default {
  marks,
  windows,
  walk: windows
    .flatMap(({ name, who, steps }) => steps.map(([step]) => ({ step, name, who, title: titles[step] })))
    .sort((a, b) => a.step - b.step),
}
