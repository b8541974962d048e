import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The fields of /proc/<pid>/stat after the name in brackets, or undefined where there is no such process. */
async function statFields(pid: number): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : undefined
}

/** Whether a process with this id runs. A zombie, dead but not yet collected by its parent, does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return true
  const fields = await statFields(pid)
  return fields !== undefined && fields[0] !== 'Z' && fields[0] !== 'X'
}

/** Waits until the process is gone. Answers false if it still runs after `ms` milliseconds. */
export async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  const end = Date.now() + ms
  while (await isAlive(pid)) {
    if (Date.now() > end) return false
    await sleep(25)
  }
  return true
}

/** The command line of a living process, or '' if it cannot be told. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return text.replaceAll('\0', ' ').trim()
  }
  const [program, args] =
    process.platform === 'win32'
      ? ['tasklist', ['/fi', `pid eq ${pid}`, '/fo', 'csv', '/nh']]
      : ['ps', ['-o', 'command=', '-p', String(pid)]]
  const answer = await run(program, args).catch(() => ({ stdout: '' }))
  return answer.stdout.trim()
}

/**
 * A mark that tells a process from a later one with the same id: when it started, in the system's own terms.
 * Empty where the system does not say.
 */
export async function startMarkOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
    const fields = await statFields(pid)
    return fields ? `${boot.trim()}:${fields[19] ?? ''}` : ''
  }
  if (process.platform === 'win32') return ''
  const answer = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return answer.stdout.trim()
}
