/**
 * 待受理 → 待派 → 待签收 → 办理中 → 待审核 → 待评价 → 办结. Beside the way: 会诊中 `jointConsultation`, and 已并入一类事
 * `merged`, whose handling is that of another issue. What a unit asks for (return, suspension, extension) stands on its
 * assignment, so that the work of the others goes on.
 */
export const issueStates = [
  'submitted',
  'triaged',
  'dispatched',
  'inProgress',
  'answered',
  'awaitingRating',
  'closed',
  'jointConsultation',
  'merged',
] as const
export type IssueState = (typeof issueStates)[number]

/** From a diary, directly from an officer, from a resident's report, or from another system's data. */
export const issueSources = ['diary', 'officer', 'report', 'trigger'] as const
export type IssueSource = (typeof issueSources)[number]

/** 咨询 `consultation`, 求助 `help`, 投诉 `complaint`, 复杂事项 `complex`: decides the time limits [I8]. */
export const issueKinds = ['consultation', 'help', 'complaint', 'complex'] as const
export type IssueKind = (typeof issueKinds)[number]

/** 主办 `lead` owns the reply; 协办 `assist` does a part of the work. */
export const assignmentRoles = ['lead', 'assist'] as const
export type AssignmentRole = (typeof assignmentRoles)[number]

/** 待签收, 办理中, 已答复, 已退单, 已撤销 (taken back by the dispatcher or ended by a consultation). */
export const assignmentStates = ['offered', 'accepted', 'answered', 'returned', 'released'] as const
export type AssignmentState = (typeof assignmentStates)[number]

/** 退单, 挂起, 延期: what a unit may ask for. */
export const requestKinds = ['return', 'suspension', 'extension'] as const
export type RequestKind = (typeof requestKinds)[number]

/** What a unit says that it has done: 已解决 or 已解释说明. */
export const outcomes = ['solved', 'explained'] as const
export type Outcome = (typeof outcomes)[number]

/** 已解决, 已解释, 不予受理: never one bare "closed" [I5]. */
export const closeReasons = ['solved', 'explained', 'notAccepted'] as const
export type CloseReason = (typeof closeReasons)[number]

/** Who said that it is so: 群众确认, 抽查核实, or nobody within seven days (未确认) [I6]. */
export const confirmations = ['resident', 'spotCheck', 'unconfirmed'] as const
export type Confirmation = (typeof confirmations)[number]

export const priorityLevels = ['urgent', 'high', 'normal', 'low'] as const
export type PriorityLevel = (typeof priorityLevels)[number]

/** What a message in somebody's inbox tells of [N1]. */
export const noticeTypes = [
  'submitted',
  'assigned',
  'asked',
  'decided',
  'returned',
  'dueSoon',
  'breached',
  'answered',
  'sentBack',
  'reviewed',
  'rated',
  'reopened',
  'reminded',
  'supervised',
  'consultation',
  'mentioned',
  'closed',
] as const
export type NoticeType = (typeof noticeTypes)[number]

/** Bounds of an issue's fields, in characters (UTF-16 units) and counts. */
export const issueLimits = {
  text: 5000,
  title: 60,
  reason: 500,
  note: 2000,
  answer: 5000,
  photos: 9,
  assists: 10,
  residentName: 40,
  residentPhone: 20,
  mentions: 10,
  query: 50,
  page: 100,
  children: 500,
} as const

/** Days in which a closed issue can be reopened [I10]. */
export const reopenDays = 30
/** Days for which a resident's rating is waited for [I6]. */
export const ratingDays = 7
/** Changes of the lead, or reopenings, after which an issue goes to joint consultation [I9]. */
export const consultationAfter = 3
