import sharp from 'sharp'
import type { Random } from './random.ts'

const hue = (hue: number, saturation: number, light: number) => `hsl(${hue},${saturation}%,${light}%)`

/** A ridge of hills across the picture, from its height on down. */
function ridge(random: Random, height: number, roughness: number, color: string): string {
  const points: string[] = []
  for (let x = 0; x <= 1280; x += 160) {
    points.push(`${x},${Math.round(height + (random.next() - 0.5) * roughness)}`)
  }
  const [first, ...rest] = points
  return `<path fill="${color}" d="M0,960 L${first} S${rest.join(' ')} L1280,960 Z"/>`
}

function house(random: Random, x: number, y: number): string {
  const width = 90 + random.int(60)
  const roof = `M${x - 14},${y} L${x + width / 2},${y - 48} L${x + width + 14},${y} Z`
  const windows = [0.2, 0.6].map(
    (share) => `<rect x="${x + width * share}" y="${y + 22}" width="18" height="22" fill="#46545e"/>`,
  )
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="80" fill="#f2efe6"/>` +
    `<path d="${roof}" fill="#4a4f55"/>${windows.join('')}`
  )
}

/** A village under the hills, drawn: no real place, nobody's photo. */
function landscape(random: Random): string {
  const sky = random.pick([200, 205, 30, 215])
  const green = 90 + random.int(50)
  const houses = Array.from({ length: 2 + random.int(4) }, () =>
    house(random, 60 + random.int(1080), 610 + random.int(70)),
  )
  const rows = Array.from(
    { length: 9 },
    (_, at) =>
      `<path d="M0,${745 + at * 26} Q640,${715 + at * 28} 1280,${750 + at * 26}" fill="none" ` +
      `stroke="${hue(green, 38, 26 + at)}" stroke-width="5"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="960">
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${hue(sky, 55, 72)}"/><stop offset="1" stop-color="${hue(sky, 40, 93)}"/>
    </linearGradient>
    <rect width="1280" height="960" fill="url(#sky)"/>
    <circle cx="${200 + random.int(880)}" cy="${120 + random.int(120)}" r="46" fill="#fff4d0"/>
    ${ridge(random, 400, 200, hue(sky, 25, 66))}${ridge(random, 500, 160, hue(green, 25, 52))}
    ${ridge(random, 610, 90, hue(green, 32, 42))}${houses.join('')}
    ${ridge(random, 720, 30, hue(green, 42, 34))}${rows.join('')}
  </svg>`
}

/** The bytes of a picture as a phone would send one. */
export const drawPicture = (random: Random): Promise<Buffer> =>
  sharp(Buffer.from(landscape(random)))
    .jpeg({ quality: 88 })
    .toBuffer()
