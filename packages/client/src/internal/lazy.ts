import { clientError } from '../errors.ts'

/** A part of the client that is loaded when needed. Without network it cannot come; the next use asks again. */
export const lazily = <T>(load: () => Promise<T>): Promise<T> =>
  load().catch((cause: unknown) => {
    throw clientError('offline', cause)
  })
