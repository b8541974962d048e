/** Whether there is a database at all. Where a page may keep nothing, even to ask for it can throw. */
export function hasDatabase(): boolean {
  try {
    return typeof indexedDB !== 'undefined' && indexedDB !== null
  } catch {
    return false
  }
}
