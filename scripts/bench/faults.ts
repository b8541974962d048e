import { startFaultBench } from '../../test/faults/support/rounds.ts'

/**
 * Kills a real browser, and then a real server, again and again while diaries are written and sent. A diary counts as
 * acknowledged when `enqueue` has resolved and this process, outside the browser, has heard of it.
 *
 * @param args `[rounds]`: of each kind; 50 unless told
 */
export default async function faults(args: string[] = []): Promise<boolean> {
  const rounds = Number(args[0] ?? 50)
  const bench = await startFaultBench()
  try {
    const browser = await bench.killBrowser(rounds)
    console.log(`browser killed ${rounds} times: ${JSON.stringify(browser)}`)
    const server = await bench.killServer(rounds)
    console.log(`server killed ${rounds} times: ${JSON.stringify(server)}`)
    // The second count holds the diaries of the first part as well: they have to be there still.
    const wrong = Math.max(browser.lost, server.lost) + Math.max(browser.duplicated, server.duplicated)
    const enough = server.acknowledged > browser.acknowledged && browser.acknowledged >= rounds
    if (!enough) console.log('Too few diaries were acknowledged for the figure to mean anything.')
    console.log(`faults: lost-or-duplicated=${wrong} goal 0`)
    return wrong === 0 && enough
  } finally {
    await bench.close()
  }
}
