import type { Page } from 'playwright-core'

/** What a page's outboxes hold on disk, and who holds locks: for the message of a test that waited in vain. */
const lookInto = (page: Page) =>
  page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error!)
      })
    const found: Record<string, unknown> = {
      now: Date.now(),
      online: navigator.onLine,
      visible: document.visibilityState,
      locks: await navigator.locks.query(),
    }
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('mq-outbox:')) continue
      const database = await answer(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const rows: unknown[] = await answer(database.transaction(store).objectStore(store).getAll())
        // photos are no text
        found[store] = rows.map((row) => (typeof row === 'object' ? { ...row, photos: undefined } : row))
      }
      database.close()
    }
    return found
  })

/** Waits for what the outbox is to bring about; when it does not, the failure tells what the outbox was at. */
export async function fromOutbox(page: Page, work: Promise<unknown>): Promise<void> {
  const requests: string[] = []
  const began = performance.now()
  const note = (text: string) => requests.push(`${Math.round(performance.now() - began)} ms ${text}`)
  page.on('request', (request) => note(`${request.method()} ${request.url()}`))
  page.on('response', (response) => note(`${response.status()} ${response.url()}`))
  page.on('requestfailed', (request) => note(`${request.failure()?.errorText} ${request.url()}`))
  try {
    await work
  } catch (error) {
    const state = JSON.stringify(await lookInto(page).catch(String), undefined, 1)
    throw new Error(`${String(error)}\n${state}\n${requests.join('\n')}`, { cause: error })
  }
}
