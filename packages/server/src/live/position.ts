/** A place in the event log: transaction, then sequence within it. Compared as numbers, never as text. */
export interface Position {
  readonly xid: bigint
  readonly seq: bigint
}

const pattern = /^(\d{1,20})-(\d{1,19})$/

export const idOf = ({ xid, seq }: Position): string => `${xid}-${seq}`

/** The place that an event id names; `undefined` for what no server of ours ever sent. */
export function positionOf(id: string): Position | undefined {
  const [, xid, seq] = pattern.exec(id) ?? []
  return xid && seq ? { xid: BigInt(xid), seq: BigInt(seq) } : undefined
}

export const isAfter = (a: Position, b: Position): boolean =>
  a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq)
