import { can } from '@minqing/core'
import { demoAreas, demoCounty, importAreas } from '../areas/import.ts'
import { seedCatalogue } from '../catalogue/default/install.ts'
import { explained } from '../database/problem.ts'
import { seedDiaries } from './diaries/seed.ts'
import { seedIssues } from './issues/seed.ts'
import { personas } from './personas.ts'

export interface SeedOptions {
  /** How many diaries; 2,000 without it. */
  readonly diaries?: number
  /** How many issues; 400 without it. */
  readonly issues?: number
  /** The server's data folder: with it some of the newest diaries get photos, and reports receipts. */
  readonly dataDir?: string
  onProgress?(done: number, total: number): void
}

/**
 * Fills a migrated database with the demo: the area tree, the catalogue, diaries with their conversations, then issues. What is there already
 * stays as it is, so it may be called at every start.
 *
 * @param databaseUrl of the user who owns the database
 * @throws DatabaseProblem with a `sentence` for what a person can mend
 */
export async function seedDemo(databaseUrl: string, options: SeedOptions = {}): Promise<void> {
  const people = new Map(
    personas
      .filter(({ role }) => can(role, 'diary.create'))
      .map(({ area, subject, name, title }) => [area, { id: subject, name, title }]),
  )
  try {
    await importAreas(databaseUrl, await demoAreas())
    await seedCatalogue(databaseUrl, demoCounty)
    const end = new Date()
    await seedDiaries(databaseUrl, { ...options, people, end })
    await seedIssues(databaseUrl, { ...options, end })
  } catch (error) {
    throw explained(error)
  }
}
