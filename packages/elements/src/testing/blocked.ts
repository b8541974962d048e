import { openDB } from 'idb'

/** As in a browser that lets a page keep nothing: opening a database throws at once, or fails a moment later. */
export async function blockStorage(how: 'throws' | 'fails'): Promise<() => void> {
  const { open } = IDBFactory.prototype
  const name = 'mq-blocked'
  if (how === 'fails') (await openDB(name, 2)).close()
  IDBFactory.prototype.open = function () {
    if (how === 'throws') throw new DOMException('The operation is insecure.', 'SecurityError')
    // An older version than there is.
    return open.call(this, name, 1)
  }
  return () => {
    IDBFactory.prototype.open = open
  }
}
