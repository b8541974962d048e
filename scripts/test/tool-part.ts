import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, runChild, sourceFlags } from './child.ts'
import type { Job, Part } from './types.ts'

/** A program whose exit code is the check. */
export interface Tool {
  title: string
  /** A script below the root, run by our own Node. */
  script: string
  args: string[]
  /** The check exists only if this file does. */
  needs?: string
}

function jobOf(tool: Tool): Job {
  return {
    title: tool.title,
    async run(context) {
      const args = [...sourceFlags, join(root, tool.script), ...tool.args]
      const ended = await runChild(process.execPath, args, { ...context, patience: 600_000 })
      if (ended.code === 0) return { passed: 1, failures: [] }
      const reason = ended.timedOut ? 'did not end in time' : 'failed'
      return { passed: 0, failures: [{ title: `${tool.title} ${reason}`, detail: ended.said.trim() }] }
    },
  }
}

/** A part in which every tool counts as one check. */
export function toolPart(name: string, tools: Tool[], after?: string): Part {
  return {
    name,
    ...(after && { after }),
    database: false,
    alone: false,
    jobs: async () => tools.filter(({ needs }) => !needs || existsSync(join(root, needs))).map(jobOf),
  }
}
