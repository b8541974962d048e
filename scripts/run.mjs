// The bootstrap behind every npm script: plain JavaScript without dependencies, for any Node from 20 on.
// It sees to the dependencies, then runs scripts/<command>.ts with the Node that this project pins.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const PNPM = 'pnpm@12.21.0'
const windows = process.platform === 'win32'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.minqing-stamp')
const lockFolder = join(root, '.cache', 'install.lock')

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** All files that say what must be installed, one folder deep in packages/ and examples/. */
function manifests() {
  const nested = ['packages', 'examples'].flatMap((folder) => {
    const path = join(root, folder)
    if (!existsSync(path)) return []
    return readdirSync(path).map((name) => join(path, name, 'package.json'))
  })
  const own = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(root, name))
  return [...own, ...nested.sort()].filter((file) => existsSync(file))
}

function wantedStamp() {
  const hash = createHash('sha256').update(`${PNPM} ${process.platform} ${process.arch}\n`)
  for (const file of manifests()) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Whether a lock was left by a run that is dead, or that died before it could write its id. */
function isLockStale() {
  try {
    const pidFile = join(lockFolder, 'pid')
    if (existsSync(pidFile)) return !isAlive(Number(readFileSync(pidFile, 'utf8')))
    return Date.now() - statSync(lockFolder).mtimeMs > 5000
  } catch {
    return false
  }
}

/** Two runs must not install at once: the second waits, and then mostly finds nothing left to do. */
async function withInstallLock(work) {
  mkdirSync(dirname(lockFolder), { recursive: true })
  for (;;) {
    try {
      mkdirSync(lockFolder)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isLockStale()) rmSync(lockFolder, { recursive: true, force: true })
      else await pause(200)
    }
  }
  writeFileSync(join(lockFolder, 'pid'), String(process.pid))
  const unlock = () => rmSync(lockFolder, { recursive: true, force: true })
  process.once('exit', unlock)
  try {
    return await work()
  } finally {
    process.off('exit', unlock)
    unlock()
  }
}

/** Runs pnpm with its words kept back. Answers its exit code and what it said. */
function installWith(npx) {
  // CI keeps pnpm from asking questions; our own NODE_OPTIONS are not meant for it
  const env = { ...process.env, CI: 'true', NODE_OPTIONS: '' }
  const args = ['-y', PNPM, 'install', '--frozen-lockfile']
  const child = spawn(npx, args, { cwd: root, env, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => child.kill()
  process.once('exit', stop)
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  return new Promise((resolve) => {
    const end = (code, extra = '') => {
      process.off('exit', stop)
      resolve({ code, said: said + extra })
    }
    child.on('error', (error) => end(1, error.message))
    child.on('close', (code) => end(code ?? 1))
  })
}

function adviceFor(said) {
  if (/ENOSPC|no space left/i.test(said)) return 'the disk is full: free some space, then run it again.'
  if (/OUTDATED_LOCKFILE|frozen-lockfile/i.test(said))
    return `pnpm-lock.yaml does not fit the package.json files: run \`npx ${PNPM} install\` and commit the result.`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i.test(said))
    return 'the package registry cannot be reached: check the network or `npm config get registry`, then run it again.'
  if (/EACCES|EPERM/i.test(said)) return 'a folder cannot be written: check who owns it, then run it again.'
  return 'see what pnpm said above.'
}

async function ensureInstalled() {
  if (isInstalled()) return
  await withInstallLock(async () => {
    if (isInstalled()) return
    console.log('Installing dependencies…')
    const stamp = wantedStamp()
    const { code, said } = await installWith(windows ? 'npx.cmd' : 'npx')
    if (code !== 0) {
      console.error(said.trim())
      fail(`Installing the dependencies failed: ${adviceFor(said)}`)
    }
    writeFileSync(stampFile, stamp)
  })
}

/** The pinned Node, or our own if its package brought no binary for this machine and ours is as new. */
function pinnedNode() {
  const binary = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
  if (existsSync(binary)) return binary
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    'The npm package `node` has no Node 24 for this machine: install Node 24 or newer, then run it again.',
  )
}

function scriptOf(command) {
  const names = [`${command}.ts`, join(command, 'main.ts')]
  const file = names.map((name) => join(root, 'scripts', name)).find((path) => existsSync(path))
  if (/^[a-z][a-z-]*$/.test(command) && file) return file
  const known = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)
  return fail(`There is no command ${JSON.stringify(command)}: try one of ${known.join(', ')}.`)
}

/** npm runs us by a shell that dies of a signal without passing it on: when it is gone, we have been asked to end. */
function endWithShell(child) {
  const shell = process.ppid
  setInterval(() => process.ppid !== shell && child.kill('SIGTERM'), 500).unref()
}

/**
 * Runs the command and ends as it ends. Signals are passed on; should this process be killed outright, the
 * closed IPC channel tells the command (see on-parent-gone.ts).
 */
function hand(script, args) {
  const preload = pathToFileURL(join(root, 'scripts', 'on-parent-gone.ts')).href
  const flags = ['--conditions=minqing-source', `--import=${preload}`]
  const child = spawn(pinnedNode(), [...flags, script, ...args], {
    cwd: process.cwd(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (process.env.npm_lifecycle_event) endWithShell(child)
  child.on('error', (error) => fail(`The command could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(
    `This needs Node 20 or newer and you run ${process.version}: install a newer one from https://nodejs.org.`,
  )
}
const [command = '', ...args] = process.argv.slice(2)
const script = scriptOf(command)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
await ensureInstalled()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
hand(script, args)
