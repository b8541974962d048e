import type { Diary } from '@minqing/core'
import { createRandom } from '../../demo/diaries/random.ts'
import type { TestApp } from '../../testing/app.ts'
import { testVillage } from '../../testing/tokens.ts'
import { chen, li, wang, write } from './officers.ts'

const texts = [
  '自来水又浑了 #水利',
  '路灯坏了两盏,修好 50%',
  '路灯修好了 100%',
  '老人都好',
  '求助:水管冻裂怎么办 #水利 #求助',
  '金点子:荒地种茶',
]

const places = [
  [testVillage, chen],
  [`${testVillage}001`, wang],
  [`${testVillage}00101`, wang],
  [`${testVillage}002`, chen],
  ['330683102201', li],
  ['330683102201001', li],
] as const

/**
 * Sixty diaries over several areas, kinds and authors, at only a few different moments.
 *
 * @returns them in the order of a list, newest first
 */
export async function openPageSet(server: TestApp): Promise<Diary[]> {
  const random = createRandom(7)
  const diaries: Diary[] = []
  for (let at = 0; at < 60; at++) {
    const [area, as] = random.pick(places)
    const text = random.pick(texts)
    diaries.push(await write(server, { area, text, kind: text.startsWith('求助') ? 'help' : 'visit' }, as))
  }
  for (const diary of diaries) {
    const moment = `2026-10-0${1 + random.int(5)}T0${random.int(3)}:00:00.000Z`
    diary.writtenAt = diary.createdAt = diary.editedAt = moment
    await server.owner.query(
      'update diary set created_at = $1, written_at = $1, edited_at = $1, wire = $2 where id = $3',
      [moment, JSON.stringify(diary), diary.id],
    )
  }
  const key = (diary: Diary) => diary.createdAt + diary.id
  return diaries.sort((a, b) => (key(a) < key(b) ? 1 : -1))
}
