import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { StartupProblem } from '../../scripts/problem.ts'

const run = promisify(execFile)

/** A browser: the variable that names its program, where it is looked for, and how Debian calls it. */
interface Browser {
  title: string
  variable: string
  candidates: string[]
  packages: string[]
}

const programFiles = [
  process.env['PROGRAMFILES'],
  process.env['PROGRAMFILES(X86)'],
  process.env['LOCALAPPDATA'],
]
const windowsPaths = (path: string) => programFiles.flatMap((folder) => (folder ? [join(folder, path)] : []))

const CHROMIUM: Browser = {
  title: 'Chromium',
  variable: 'CHROME_PATH',
  candidates: [
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...windowsPaths('Google\\Chrome\\Application\\chrome.exe'),
    ...windowsPaths('Microsoft\\Edge\\Application\\msedge.exe'),
  ],
  // the fonts, because pages of ours measured without Chinese glyphs measure something else
  packages: ['chromium', 'fonts-noto-cjk'],
}

/**
 * The same engine of the same version, without the windows and services around it, which no test asks for: a third of
 * the processor time less. Any other Chromium will do.
 */
const HEADLESS: Browser = {
  ...CHROMIUM,
  candidates: ['chromium-headless-shell', 'chrome-headless-shell', ...CHROMIUM.candidates],
  packages: ['chromium-headless-shell', 'fonts-noto-cjk'],
}

const FIREFOX: Browser = {
  title: 'Firefox ESR',
  variable: 'FIREFOX_PATH',
  candidates: [
    ...['firefox-esr', 'firefox'],
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    ...windowsPaths('Mozilla Firefox\\firefox.exe'),
  ],
  packages: ['firefox-esr'],
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function findInstalled(browser: Browser): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  for (const candidate of browser.candidates) {
    const paths = isAbsolute(candidate) ? [candidate] : folders.map((folder) => join(folder, candidate))
    for (const path of paths) if (await isProgram(path)) return path
  }
  return undefined
}

async function installOnDebian(browser: Browser): Promise<void> {
  console.log(`Installing ${browser.packages.join(' and ')} with apt-get…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env, maxBuffer: 2 ** 26 })
  await run('apt-get', ['install', '-y', ...browser.packages], { env, maxBuffer: 2 ** 26 })
}

async function find(browser: Browser): Promise<string> {
  const { title, variable } = browser
  const named = process.env[variable]
  if (named) {
    if (await isProgram(named)) return named
    throw new StartupProblem(`${variable} names ${named}, which is not a program that can be run.`)
  }
  const installed = await findInstalled(browser)
  if (installed) return installed
  const advice = `install ${title} (Debian: apt-get install ${browser.packages.join(' ')}) or set ${variable} to its program.`
  const canInstall = process.getuid?.() === 0 && (await isProgram('/usr/bin/apt-get'))
  if (!canInstall) throw new StartupProblem(`The tests need ${title}: ${advice}`)
  try {
    await installOnDebian(browser)
  } catch (cause) {
    throw new StartupProblem(`The tests need ${title} and apt-get could not install it: ${advice}`, { cause })
  }
  const found = await findInstalled(browser)
  if (found) return found
  throw new StartupProblem(`The tests need ${title}, and it is missing after its installation: ${advice}`)
}

let firefox: Promise<string> | undefined
let chromium: Promise<string> | undefined
let wholeChromium: Promise<string> | undefined

/**
 * The path of a Chromium: $CHROME_PATH, else an installed one, else, as root on Debian, from `apt-get install`.
 *
 * @throws StartupProblem saying what to do where there is none.
 */
export function findChromium(): Promise<string> {
  return (chromium ??= find(HEADLESS))
}

/** As `findChromium`, but one that has windows: what people have. */
export function findWholeChromium(): Promise<string> {
  return (wholeChromium ??= find(CHROMIUM))
}

/** The path of a Firefox ESR, found like `findChromium` ($FIREFOX_PATH). */
export function findFirefox(): Promise<string> {
  return (firefox ??= find(FIREFOX))
}
