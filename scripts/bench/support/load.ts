import { once } from 'node:events'
import { startPlanned } from './child.ts'

export interface LoadPlan {
  port: number
  connections: number
  seconds: number
  /** Paths with their query; each request takes one at random. */
  paths: readonly string[]
  headers: Readonly<Record<string, string>>
}

export interface LoadResult {
  requestsPerSecond: number
  /** Mean size of a body, in bytes. */
  bytes: number
  p50: number
  p99: number
}

/** Asks as fast as answers come, in a process of its own so that asking does not slow the answering. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const child = await startPlanned(new URL('./load-process.ts', import.meta.url), plan)
  try {
    const answer = once(child, 'message') as Promise<[LoadResult | { error: string }]>
    const gone = once(child, 'exit').then(() => [{ error: 'the load process ended' }] as const)
    const [result] = await Promise.race([answer, gone])
    if ('error' in result) throw new Error(result.error)
    return result
  } finally {
    child.kill()
  }
}
