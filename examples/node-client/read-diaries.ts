// A department's script: prints the diaries of an area, first those written since a day, then each new one as it
// comes. Run it with MINQING_URL, MINQING_TOKEN_URL, AREA and SINCE; Ctrl-C ends it.
import { createClient, isMinqingError } from '@minqing/client'

const { MINQING_URL, MINQING_TOKEN_URL, AREA, SINCE } = process.env
if (!MINQING_URL || !MINQING_TOKEN_URL || !AREA) {
  throw new Error('Set MINQING_URL, MINQING_TOKEN_URL and AREA.')
}
const area = AREA

const mq = createClient({
  baseUrl: MINQING_URL,
  // The department's own back end signs tokens with the role `system`; see the token guide.
  getToken: async () => (await fetch(MINQING_TOKEN_URL)).text(),
})

interface Line {
  id: string
  createdAt: string
  area: { name: string }
  author: { name: string }
  text: string
}
const seen = new Set<string>()
function print({ id, createdAt, area: place, author, text }: Line) {
  if (seen.has(id)) return
  seen.add(id)
  console.log([createdAt, place.name, author.name, text.replace(/\s+/g, ' ')].join('\t'))
}

/** Everything since a time, oldest first; page after page is fetched while the loop runs. */
async function readSince(from: string) {
  for await (const diary of mq.diaries.list({ area, from, direction: 'newer' })) print(diary)
}

const from = SINCE ?? new Date(Date.now() - 24 * 3_600_000).toISOString()
// Listening begins before reading, so that nothing falls between the two; what comes twice is printed once.
mq.live.on('diary.created', ({ diary }) => diary && print(diary), { area })
// Away for longer than the server keeps events: read the list again.
mq.live.on('reset', () => void readSince(from), { area })
process.once('SIGINT', () => void mq.close())

try {
  await readSince(from)
} catch (error) {
  if (!isMinqingError(error)) throw error
  console.error(`${error.code}: ${error.titles['zh-CN']}`)
  process.exitCode = 1
  await mq.close()
}
