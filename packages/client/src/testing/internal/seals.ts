import { sealedText, type IssueEvent } from '@minqing/core'
import { sealedContent } from './issue-desk.ts'
import type { IssueRow } from './state.ts'

const encoder = new TextEncoder()
const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

async function sha256(...parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(await new Blob([...parts]).arrayBuffer())
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all))
}

/** [I14] A timeline as it is sent, each line sealed by the hash of all before it. */
export async function sealedTimeline(row: IssueRow): Promise<IssueEvent[]> {
  const content = hexOf(await sha256(encoder.encode(sealedContent(row))))
  let before: Uint8Array<ArrayBuffer> = new Uint8Array(32)
  const events: IssueEvent[] = []
  for (const written of row.timeline) {
    const line = written.seq === 1 ? { ...written, data: { ...written.data, content } } : written
    before = await sha256(before, encoder.encode(sealedText(row, line)))
    events.push({ ...line, at: line.at.toISOString(), hash: hexOf(before) })
  }
  return events
}
