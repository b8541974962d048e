import type { Place } from '@minqing/core'
import { fill, resident } from './people.ts'
import { zipfPicker, type Random } from './random.ts'
import { scenes, type Scene } from './scenes.ts'
import { gaps } from './words.ts'

/** What an officer wrote down. */
export interface Note {
  kind: Scene['kind']
  text: string
  tags: string[]
  visited: string[]
  place: Place | null
}

const deck = scenes.flatMap((scene) => Array.from({ length: scene.weight }, () => scene))

/** How many parts are kept: most notes are two or three sentences, some one, few tell a story. */
const lengths = [1, 1, 2, 2, 2, 3, 3, 4]

function body(scene: Scene, random: Random, who: string): string {
  const wanted = random.pick(lengths)
  return scene.parts
    .slice(0, wanted)
    .map((part) => fill(random.pick(part), random, who))
    .join('')
}

const tagPickers = new Map(scenes.map((scene) => [scene, zipfPicker(scene.tags, 0.6)]))

/**
 * One note. A few are long: the officer met several people that day and wrote about each.
 *
 * @param where name of the place's area, for the place of the note
 */
export function composeNote(random: Random, where: string): Note {
  const scene = random.pick(deck)
  const people = Array.from({ length: random.chance(0.04) ? 3 + random.int(4) : 1 }, () => resident(random))
  const tags = random.chance(0.6) ? [tagPickers.get(scene)!(random)] : []
  if (tags.length > 0 && random.chance(0.25)) {
    const another = random.pick(scene.tags)
    if (!tags.includes(another)) tags.push(another)
  }
  const paragraphs = people.map((who, at) => body(at === 0 ? scene : random.pick(deck), random, who))
  const text = paragraphs.join('\n') + (tags.length > 0 ? ` ${tags.map((tag) => `#${tag}`).join(' ')}` : '')
  const named = scene.kind === 'visit' ? people.filter((who) => text.includes(who)) : []
  return {
    kind: scene.kind,
    text,
    tags,
    visited: random.chance(0.7) ? named : [],
    place: placeOf(random, where),
  }
}

/** Around the middle of the county, and blurred as the rules want it. */
function placeOf(random: Random, where: string): Place | null {
  if (!random.chance(0.25)) return null
  const round = (degrees: number) => Math.round(degrees * 100) / 100
  return {
    name: `${where.split(' ').at(-1)!}${random.pick(gaps['spot']!)}`,
    longitude: round(120.6 + random.next() * 0.5),
    latitude: round(29.45 + random.next() * 0.3),
    precision: 'grid',
  }
}
