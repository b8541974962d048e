import type {
  Area,
  AreaRef,
  CategoryRef,
  Category,
  Comment,
  Diary,
  DiaryRevision,
  InboxEntry,
  IssueContent,
  IssueMotion,
  Photo,
  TimelineLine,
  Unit,
  UnitRef,
} from '@minqing/core'
import { kindDays, levelOf, parentOf } from '@minqing/core'
import type { TestArea } from '../types.ts'
import { KitProblem } from './problem.ts'
import { Journal, Table } from './table.ts'

export interface DiaryRow {
  readonly diary: Diary
  readonly deletedAt: number | null
}
export interface CommentRow {
  readonly comment: Comment
  readonly deletedAt: number | null
}
export interface PhotoRow extends Photo {
  readonly area: string
  readonly owner: string
  readonly diary: string | null
  readonly issue: string | null
  readonly released: boolean
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
}
/** An upload under way. */
export interface UploadRow {
  readonly id: string
  readonly owner: string
  readonly area: string
  readonly size: number
  readonly bytes: Uint8Array<ArrayBuffer>
}
export interface IssueRow extends IssueContent, IssueMotion {
  /** What was sent, for telling a repeated send. */
  readonly request: string
  readonly receipt: string | null
  readonly withdrawn: boolean
  readonly timeline: readonly TimelineLine[]
}
export interface InboxRow {
  readonly entry: Omit<InboxEntry, 'read'>
  readonly actor: string
  readonly person: string | null
  /** As `county/unit`. */
  readonly unit: string | null
  readonly desk: 'dispatch' | 'lead' | null
}
/** A reply that is kept for its idempotency key. */
export interface KeptReply {
  readonly request: string
  readonly at: number
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** All that a test server holds. */
export class State {
  readonly journal = new Journal()
  readonly areas = new Map<string, string>()
  /** Codes of areas that have others below them. */
  readonly #parents: ReadonlySet<string | undefined>
  readonly diaries = this.#table<DiaryRow>()
  readonly revisions = this.#table<readonly DiaryRevision[]>()
  readonly comments = this.#table<CommentRow>()
  /** By `diary person`. */
  readonly useful = this.#table<true>()
  readonly photos = this.#table<PhotoRow>()
  readonly uploads = this.#table<UploadRow>()
  readonly issues = this.#table<IssueRow>()
  /** The last number of a county's day. */
  readonly numbers = this.#table<number>()
  readonly inbox = this.#table<InboxRow>()
  /** By `person entry`. */
  readonly read = this.#table<true>()
  readonly categories = this.#table<Category>()
  readonly units = this.#table<Unit>()
  readonly replies = this.#table<KeptReply>()

  constructor(areas: readonly TestArea[]) {
    for (const { code, name } of areas) this.areas.set(code, name)
    this.#parents = new Set(areas.map(({ code }) => parentOf(code)))
  }

  #table<R>(): Table<R> {
    return new Table<R>(this.journal)
  }

  area(code: string): Area | undefined {
    const name = this.areas.get(code)
    const level = levelOf(code)
    if (name === undefined || level === undefined) return undefined
    return { code, name, level, parent: parentOf(code) ?? null, hasChildren: this.#parents.has(code) }
  }

  /** With the names from the town down. */
  areaRef(code: string): AreaRef {
    const own = this.areas.get(code)
    if (own === undefined) throw new KitProblem('area_not_found')
    const above = [9, 12, 15].filter((length) => length < code.length)
    const names = above.flatMap((length) => this.areas.get(code.slice(0, length)) ?? [])
    return { code, name: [...names, own].join(' ') }
  }

  /** A category in use, by its full name; `undefined` when it, or one above it, is not. */
  categoryRef(county: string, code: string): CategoryRef | undefined {
    const codes = [2, 4, 6].filter((length) => length <= code.length).map((length) => code.slice(0, length))
    const found = codes.map((one) => this.categories.get(`${county} ${one}`))
    if (found.some((one) => one === undefined || !one.active)) return undefined
    const { kind, days } = found.at(-1)!
    return { code, kind, days: days ?? kindDays[kind], name: found.map((one) => one!.name).join(' / ') }
  }

  unitRef(county: string, id: string): UnitRef | undefined {
    const unit = this.units.get(`${county} ${id}`)
    return unit?.active ? { id, name: unit.name } : undefined
  }
}
