import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../test/support/chromium.ts'
import { buildPages, checkTypes } from './bundle.ts'
import { lookAt } from './look.ts'
import type { Tarballs } from './packed.ts'
import { bundlers, makeProject, type Bundler, type Project } from './projects.ts'
import type { Report } from './report.ts'
import { servePortal, type Portal } from './serve.ts'
import { startPacked } from './server.ts'

interface Built {
  project: Project
  bundler: Bundler
  portal: Portal
}

/** Opens what the bundlers have built, against the packed server. */
export async function openAll(built: readonly Built[], node: Project, report: Report): Promise<void> {
  const server = await startPacked(
    node,
    built.map(({ portal }) => portal.origin),
    report,
  )
  if (!server) return
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
  try {
    for (const one of built) await lookAt(browser, { ...one, server: server.url }, report)
  } finally {
    await browser.close()
    await server.close()
  }
}

/**
 * Uses the packages as strangers do: installed from their tarballs into empty projects, compiled, bundled, and opened in
 * Chromium against the server that was packed with them.
 */
export async function useProjects(home: string, tarballs: Tarballs, report: Report): Promise<void> {
  const node = await makeProject('node', home, tarballs, report)
  if (node) await checkTypes(node, report)
  const built: Built[] = []
  for (const bundler of bundlers) {
    const project = await makeProject(bundler, home, tarballs, report)
    if (!project) continue
    // the types of the peers are in one of the projects
    if (bundler === 'vite') await checkTypes(project, report)
    if (!(await buildPages(bundler, project, report))) continue
    built.push({ project, bundler, portal: await servePortal(join(project.folder, 'built')) })
  }
  if (node) await openAll(built, node, report)
  for (const { portal } of built) portal.close()
}
