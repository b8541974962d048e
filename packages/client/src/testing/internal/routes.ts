import { methodOf, operations, pathOf, type Operation, type OperationId } from '@minqing/core'

export interface Found {
  readonly id: OperationId
  readonly operation: Operation
  readonly params: Record<string, string>
}

interface Row extends Omit<Found, 'params'> {
  readonly pattern: RegExp
  readonly names: readonly string[]
}

const rows: readonly Row[] = Object.entries<Record<string, Operation>>(operations)
  .flatMap(([feature, group]) =>
    Object.entries(group).map(([name, operation]) => {
      const path = pathOf(operation.route)
      const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
      const pattern = new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`)
      return { id: `${feature}.${name}` as OperationId, operation, pattern, names }
    }),
  )
  // `/v1/photos/:id` must not take what a fixed path says
  .sort((a, b) => a.names.length - b.names.length)

/** Every operation of the table. */
export const allOperations: readonly OperationId[] = rows.map(({ id }) => id).sort()

/** The operation of a request. */
export function findRoute(method: string, path: string): Found | undefined {
  for (const { id, operation, pattern, names } of rows) {
    if (methodOf(operation.route) !== method) continue
    const parts = pattern.exec(path)
    if (!parts) continue
    const params = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(parts[at + 1]!)]))
    return { id, operation, params }
  }
  return undefined
}
