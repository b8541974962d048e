import type { CDPSession } from 'playwright-core'

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[]] } }
  nodes: number[]
  strings: string[]
}

/** What a page's JavaScript holds, by kind, in bytes. */
export interface Kinds {
  /** Objects, lists, functions, strings: what scripts made. */
  objects: number
  /** What the engine made of the scripts: byte code, machine code, what it has learned of them, shapes of objects. */
  code: number
  /** Kinds of objects that have become more, the most grown first: name, bytes, number. */
  grownSince(before: Kinds): [name: string, bytes: number, count: number][]
  readonly names: ReadonlyMap<string, { bytes: number; count: number }>
}

const isCode = (type: string) => type === 'code' || type === 'object shape'

/** Takes a heap snapshot and sums it up; what is not JavaScript's (nodes, styles) is left out. */
export async function kindsOf(cdp: CDPSession): Promise<Kinds> {
  const chunks: string[] = []
  const collect = ({ chunk }: { chunk: string }) => void chunks.push(chunk)
  cdp.on('HeapProfiler.addHeapSnapshotChunk', collect)
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  cdp.off('HeapProfiler.addHeapSnapshotChunk', collect)
  const { snapshot, nodes, strings } = JSON.parse(chunks.join('')) as Snapshot
  const { node_fields: fields, node_types } = snapshot.meta
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field)) as [
    number,
    number,
    number,
  ]
  const names = new Map<string, { bytes: number; count: number }>()
  let objects = 0
  let code = 0
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = node_types[0][nodes[at + type]!]!
    const bytes = nodes[at + size]!
    if (kind === 'native' || kind === 'synthetic') continue
    if (isCode(kind)) {
      code += bytes
      continue
    }
    objects += bytes
    const key = kind.includes('string') ? 'string' : `${kind} ${strings[nodes[at + name]!]!.slice(0, 40)}`
    const one = names.get(key) ?? { bytes: 0, count: 0 }
    names.set(key, { bytes: one.bytes + bytes, count: one.count + 1 })
  }
  return {
    objects,
    code,
    names,
    grownSince: (before) =>
      [...names]
        .map(([key, { bytes, count }]): [string, number, number] => {
          const old = before.names.get(key)
          return [key, bytes - (old?.bytes ?? 0), count - (old?.count ?? 0)]
        })
        .filter(([, bytes]) => bytes > 0)
        .sort((a, b) => b[1] - a[1]),
  }
}
