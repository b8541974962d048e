import { median } from '../support/figures.ts'
import { look, start, type Visit } from './cost.ts'
import { added, differences } from './looks.ts'
import { crowds, loaderTag, makes, pageOf, type Make } from './portals.ts'
import type { Stage } from './stage.ts'
import { startTracer, type Tracer } from './trace.ts'

/*
 * What a portal pays: each page once without our tag and once with it, everything else the same, the `mq-*` tags too.
 *
 * Script is what the tag costs before a widget does anything: the main thread's processor time for compiling and
 * evaluating the tag's modules, loader, Lit and the page's kinds of widgets, until these are defined. It is taken on the
 * same page with the tags left out and their kinds preloaded, since defining a class also brings the tags of the page
 * to life, which is work that grows with what is shown. That work is in the whole figures, which are told beside:
 * of all scripts and of everything that the main thread does, until every widget shows the server's answers.
 *
 * Heap per widget is what a further widget adds on the page with twelve, five kinds more than with one among them, the
 * engine's compiled code included. What the first brings is told: most of it is code of Lit, the client and that widget,
 * which a page has once.
 */
const scriptRounds = 15
const lookRounds = 1

export interface HostCost {
  /** Milliseconds. */
  script: number
  /** MB that one more widget adds. */
  heap: number
  /** Everything that a host would find changed or broken, one line each. */
  found: string[]
  cls: number
}

interface Crowd {
  count: number
  bare: Visit[]
  full: Visit[]
  script: number
  /** The median of the same. */
  usual: number
}

const mb = (bytes: number) => bytes / 2 ** 20
const least = (values: readonly number[]) => Math.min(...values)
const path = (make: Make, count: number, kind: string) => `/${make}/${count}/${kind}`

/** Names that a page with widgets has besides its own: Lit's lists of its versions, and ours. */
const allowed = /^(minqing|(lit|reactive)\w+Versions)$/

function changes({ bare, full }: Crowd, where: string): string[] {
  const [before, after] = [bare.at(-1)!.looks, full.at(-1)!.looks]
  const lines = [
    ...differences(before.styles, after.styles).map((line) => `style ${line}`),
    ...added(before.rootProperties, after.rootProperties).map((line) => `root property ${line}`),
    ...added(before.globals, after.globals)
      .filter((name) => !allowed.test(name))
      .map((name) => `global ${name}`),
    ...added(before.builtIns, after.builtIns).map((name) => `built-in ${name}`),
    ...(before.sheets === after.sheets ? [] : ['style sheets of the document']),
    ...full.flatMap(({ complained }) => complained),
    ...full.flatMap(({ shifts }) =>
      shifts.map(({ value, moved }) => `shift of ${value.toFixed(5)}: ${moved.join('; ')}`),
    ),
  ]
  return lines.map((line) => `${where}: ${line}`)
}

async function measure(stage: Stage, tracer: Tracer, make: Make, tags: readonly string[]): Promise<Crowd> {
  const count = tags.length
  const kinds = [...new Set(tags)]
  stage.put(path(make, count, 'bare'), pageOf(make, tags, ''), make)
  stage.put(path(make, count, 'full'), pageOf(make, tags, loaderTag(stage.cdn)), make)
  const tagPage = pageOf(make, [], loaderTag(stage.cdn, kinds))
  stage.put(path(make, count, 'tag'), tagPage, make)
  const bare: Visit[] = []
  const full: Visit[] = []
  for (let round = 0; round < lookRounds; round++) {
    bare.push(await look(stage, path(make, count, 'bare'), make, []))
    full.push(await look(stage, path(make, count, 'full'), make, tags))
  }
  const hosts = tagPage.split('type="module"').length - 2
  const times: number[] = []
  for (let round = 0; round < scriptRounds; round++) {
    const url = stage.origin + path(make, count, 'tag')
    times.push(await start(tracer, url, kinds, { address: stage.cdn, hosts }))
  }
  // whatever else the machine does can only lengthen a time
  return { count, bare, full, script: least(times), usual: median(times) }
}

const heapOf = (visits: readonly Visit[]) => median(visits.map(({ heap }) => heap))

function tell(make: Make, crowd: Crowd): void {
  const { bare, full, count, script, usual } = crowd
  const more = (of: (visit: Visit) => number) => least(full.map(of)) - least(bare.map(of))
  const cls = Math.max(...full.map(({ shifts }) => shifts.reduce((sum, { value }) => sum + value, 0)))
  const heap = mb(heapOf(full) - heapOf(bare))
  console.log(
    `${make.padEnd(7)} ${String(count).padStart(2)}  script ${script.toFixed(1).padStart(5)} ms (median ${usual.toFixed(1)})  ` +
      `all scripts ${more(({ scripts }) => scripts)
        .toFixed(0)
        .padStart(4)} ms  ` +
      `all work ${more(({ work }) => work)
        .toFixed(0)
        .padStart(5)} ms  heap ${heap.toFixed(2)} MB  CLS ${cls.toFixed(5)}  ` +
      `${Object.keys(bare[0]!.looks.styles).length} computed styles compared`,
  )
}

/** Measures all portals, prints a line for each page, and answers with the worst of each figure. */
export async function hostCost(stage: Stage): Promise<HostCost> {
  const tracer = await startTracer()
  try {
    return await costWith(stage, tracer)
  } finally {
    await tracer.close()
  }
}

async function costWith(stage: Stage, tracer: Tracer): Promise<HostCost> {
  const cost: HostCost = { script: 0, heap: 0, found: [], cls: 0 }
  for (const make of makes) {
    const measured: Crowd[] = []
    for (const tags of crowds[make]) {
      const crowd = await measure(stage, tracer, make, tags)
      tell(make, crowd)
      measured.push(crowd)
      cost.script = Math.max(cost.script, crowd.script)
      cost.found.push(...changes(crowd, `${make} ${crowd.count}`))
      for (const { shifts } of crowd.full)
        cost.cls = Math.max(
          cost.cls,
          shifts.reduce((sum, { value }) => sum + value, 0),
        )
    }
    const [one, many] = measured as [Crowd, Crowd]
    const added = (crowd: Crowd) => heapOf(crowd.full) - heapOf(crowd.bare)
    const further = mb(added(many) - added(one)) / (many.count - one.count)
    console.log(
      `${make.padEnd(7)}     the first brings ${mb(added(one)).toFixed(2)} MB, each further ${further.toFixed(3)} MB`,
    )
    cost.heap = Math.max(cost.heap, further)
  }
  cost.found.push(...stage.reports.map((report) => `policy broken: ${report}`))
  return cost
}
