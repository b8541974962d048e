import { hostCost } from './embed/hosts.ts'
import { firstPaint } from './embed/paint.ts'
import { installPeers, writePeers } from './embed/peers.ts'
import { heapGrowth } from './embed/rounds.ts'
import { startStage } from './embed/stage.ts'

/** What the widgets cost a host page, and how soon they are of use, beside others' widgets. See the files in embed/. */
const goals = { cls: 0, script: 25, heap: 0.2, changed: 0, paint: 1, growth: 0.01 }

/** `npm run bench -- embed` measures all; `embed host`, `embed paint` and `embed rounds` a part. */
const parts = ['host', 'paint', 'rounds']

export default async function embed(args: string[]): Promise<boolean> {
  const wanted = (part: string) => !args.some((arg) => parts.includes(arg)) || args.includes(part)
  if (wanted('paint')) await installPeers()
  const stage = await startStage(wanted('paint') ? writePeers : undefined)
  const lines: string[] = []
  let isKept = true
  const tell = (figure: string, value: number, goal: number, digits: number) => {
    lines.push(`embed: ${figure}=${value.toFixed(digits)} goal ${goal}`)
    isKept &&= value <= goal
  }
  try {
    if (wanted('host')) {
      const { cls, script, heap, found } = await hostCost(stage)
      for (const line of found.slice(0, 40)) console.log(line)
      tell('cls', cls, goals.cls, 5)
      tell('script', script, goals.script, 1)
      tell('heap', heap, goals.heap, 3)
      tell('changed', found.length, goals.changed, 0)
    }
    if (wanted('paint')) tell('paint', await firstPaint(stage), goals.paint, 2)
    if (wanted('rounds')) {
      tell('growth', await heapGrowth(stage), goals.growth, 4)
    }
    console.log('')
    for (const line of lines) console.log(line)
    return isKept
  } finally {
    await stage.close()
  }
}
