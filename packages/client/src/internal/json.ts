/** A copy whose lists have no `toJSON`, whatever the page has given to all lists. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return Object.defineProperty(value.map(bare), 'toJSON', { value: undefined })
  const plain = value !== null && typeof value === 'object' && !('toJSON' in value)
  return plain ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, bare(one)])) : value
}

/**
 * JSON of plain data, right on pages with an old Prototype.js, too: its `Array.prototype.toJSON` makes every list a
 * string of JSON inside the JSON.
 */
export const toJson = (value: object): string => JSON.stringify(bare(value))

/** A copy of plain data as JSON would carry it: a framework's reactive proxy becomes something that can be stored. */
export const jsonCopy = <Value extends object>(value: Value): Value => JSON.parse(toJson(value)) as Value
