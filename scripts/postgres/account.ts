import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { StartupProblem } from '../problem.ts'

/** The system account PostgreSQL runs under, where it cannot be our own. */
export interface Account {
  name: string
  uid: number
  gid: number
}

/** Looked for in this order: the account made for the job, then those that exist on every system. */
const CANDIDATES = ['postgres', '_postgres', 'nobody', 'daemon']

function lookUp(name: string): Account | undefined {
  const passwd = readPasswd()
  const line = passwd.find((entry) => entry[0] === name)
  if (line) return { name, uid: Number(line[2]), gid: Number(line[3]) }
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const uid = id('-u')
  if (uid.status !== 0) return undefined
  return { name, uid: Number(uid.stdout), gid: Number(id('-g').stdout) }
}

function readPasswd(): string[][] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
  } catch {
    return []
  }
}

/**
 * The account to run PostgreSQL under: undefined (our own) unless we are root, whom PostgreSQL refuses.
 *
 * @throws StartupProblem if we are root and the system has no other account at all.
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of CANDIDATES) {
    const account = lookUp(name)
    if (account && account.uid > 0) return account
  }
  throw new StartupProblem(
    'PostgreSQL does not run as root and this system has no account postgres or nobody: ' +
      'start as another user, or set DATABASE_URL.',
  )
}

/** Whether the account can do what `test` asks of a path (`-x`, `-w`, `-d`), told by trying it as that account. */
export function accountCan(account: Account, check: '-d' | '-w' | '-x' | '-r', path: string): boolean {
  const { uid, gid } = account
  const result = spawnSync('/bin/sh', ['-c', `test ${check} "$1"`, 'sh', path], { uid, gid, cwd: '/' })
  return result.status === 0
}
