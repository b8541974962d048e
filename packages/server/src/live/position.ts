/** A place in the event log: transaction, then sequence within it. Compared as numbers, never as text. */
export interface Position {
  readonly xid: bigint
  readonly seq: bigint
}

const pattern = /^(\d{1,20})-(\d{1,19})$/

/** What PostgreSQL's `xid8` and `bigint` hold. */
const largest: Position = { xid: 2n ** 64n - 1n, seq: 2n ** 63n - 1n }

export const idOf = ({ xid, seq }: Position): string => `${xid}-${seq}`

/** The place that an event id names; `undefined` for what no server of ours ever sent. */
export function positionOf(id: string): Position | undefined {
  const [, xid, seq] = pattern.exec(id) ?? []
  if (!xid || !seq) return undefined
  const position = { xid: BigInt(xid), seq: BigInt(seq) }
  return position.xid <= largest.xid && position.seq <= largest.seq ? position : undefined
}

/** No transaction before this one has an event after the place: it has been read up to there. */
export const completeBefore = ({ xid, seq }: Position): bigint => (seq > 0n ? xid + 1n : xid)

export const isAfter = (a: Position, b: Position): boolean =>
  a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq)
