import type { IssueState } from '@minqing/core'
import { escapeHtml } from '../text.ts'
import { edgesOf, type Edge } from './edges.ts'
import { actionNames, stateNames } from './words.ts'

/** The way that most issues take, from top to bottom. */
const spine = [
  ...['submitted', 'triaged', 'dispatched', 'inProgress', 'answered', 'awaitingRating', 'closed'],
] as IssueState[]
/** What stands beside the way, as high as the states that lead there or come from there. */
const left: IssueState = 'merged'
const right: IssueState = 'jointConsultation'

const size = { width: 880, pitch: 116, top: 44, box: { width: 116, height: 68 }, side: { width: 92 } }
const center = { from: 382, to: 382 + size.box.width }
const sides = { left: 8 + size.side.width, right: size.width - 8 - size.side.width }
/** Where ways over more than one state run: up on the left, down on the right. */
const tracks = { up: 252, down: 560 }
/** Characters of a line; what does not fit goes on to the next. */
const lineLength = { wide: 13, narrow: 9 }

const yOf = (state: IssueState): number => size.top + spine.indexOf(state) * size.pitch
const onSpine = (state: IssueState): boolean => spine.includes(state)

/** Names of actions, some on each line. */
function names(actions: Edge['actions'], most: number): string[] {
  const lines: string[] = []
  for (const name of actions.map((action) => actionNames[action])) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length < most) lines[lines.length - 1] = `${last}、${name}`
    else lines.push(name)
  }
  return lines
}
const linesOf = ({ actions, third }: Edge, most = lineLength.wide): string[] => [
  ...names(actions, most),
  ...names(third, most).map((line, index) => (index === 0 ? `第三次：${line}` : line)),
]

type Anchor = 'start' | 'middle' | 'end'

/** Lines of words; the last of them at `y`, or the first when they hang below the line. */
function label(lines: readonly string[], x: number, y: number, anchor: Anchor, below = false): string {
  const first = below ? y : y - (lines.length - 1) * 16
  const spans = lines.map(
    (line, index) => `<tspan x="${x}" y="${first + index * 16}">${escapeHtml(line)}</tspan>`,
  )
  return `<text class="lc-label" text-anchor="${anchor}">${spans.join('')}</text>`
}

const way = (path: string, edge: Edge): string =>
  `<path data-way="${edge.from} ${edge.to}" class="lc-way${edge.actions.length > 0 ? '' : ' lc-third'}" d="${path}" marker-end="url(#lc-head)"></path>`

/** Between neighbors: down in the middle, back up beside it. */
function betweenNeighbors(edge: Edge): string {
  const down = yOf(edge.to) > yOf(edge.from)
  const half = size.box.height / 2
  const x = down ? 448 : 412
  const [from, to] = down
    ? [yOf(edge.from) + half, yOf(edge.to) - half]
    : [yOf(edge.from) - half, yOf(edge.to) + half]
  const lines = linesOf(edge, lineLength.narrow)
  const last = (from + to) / 2 + 5 + (lines.length - 1) * 8
  const words = down ? label(lines, x + 10, last, 'start') : label(lines, x - 10, last, 'end')
  return way(`M${x} ${from}V${to}`, edge) + words
}

/** Over several states: out to the track, along it, and back in. */
function along(edge: Edge): string {
  const up = yOf(edge.to) < yOf(edge.from)
  const x = up ? tracks.up : tracks.down
  const wall = up ? center.from : center.to
  const [from, to] = [yOf(edge.from) + 22, yOf(edge.to) + 22]
  const words = label(linesOf(edge), x + (up ? 8 : 10), from + (up ? 16 : 4), 'start', true)
  return way(`M${wall} ${from}H${x}V${to}H${wall}`, edge) + words
}

/** To and from what stands beside the way. */
function aside(edge: Edge): string {
  const out = onSpine(edge.from)
  const state = out ? edge.from : edge.to
  const isLeft = edge.from === left || edge.to === left
  const y = yOf(state) + (out ? -18 : 4)
  const [wall, side] = isLeft ? [center.from, sides.left] : [center.to, sides.right]
  const [from, to] = out ? [wall, side] : [side, wall]
  const x = isLeft ? side + 12 : side - 12
  const words = out
    ? label(linesOf(edge), x, y - 7, isLeft ? 'start' : 'end')
    : label(linesOf(edge), x, y + 17, isLeft ? 'start' : 'end', true)
  return way(`M${from} ${y}H${to}`, edge) + words
}

function drawn(edge: Edge): string {
  if (!onSpine(edge.from) || !onSpine(edge.to)) return aside(edge)
  return Math.abs(spine.indexOf(edge.from) - spine.indexOf(edge.to)) === 1
    ? betweenNeighbors(edge)
    : along(edge)
}

function box(state: IssueState, x: number, y: number, width: number, height: number): string {
  const middle = { x: x + width / 2, y: y + height / 2 }
  // what is too long for a narrow box takes two lines
  const narrow = width < size.box.width
  const name = stateNames[state]
  const lines = narrow && name.length > 4 ? [name.slice(0, 3), name.slice(3)] : [name]
  const codes = narrow ? state.split(/(?=[A-Z])/) : [state]
  const first = middle.y - (lines.length - 1) * 10 - 3
  const spans = (texts: readonly string[], from: number, step: number) =>
    texts.map((text, index) => `<tspan x="${middle.x}" y="${from + index * step}">${text}</tspan>`).join('')
  return [
    `<g data-state="${state}" class="lc-state${state === 'closed' ? ' lc-end' : ''}">`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"></rect>`,
    `<text class="lc-name" text-anchor="middle">${spans(lines, first, 20)}</text>`,
    `<text class="lc-code" text-anchor="middle">${spans(codes, first + lines.length * 20, 15)}</text>`,
    '</g>',
  ].join('')
}

function sideBox(state: IssueState, x: number, edges: readonly Edge[]): string {
  const rows = edges.flatMap(({ from, to }) => (from === state ? [yOf(to)] : to === state ? [yOf(from)] : []))
  const [top, bottom] = [Math.min(...rows) - size.box.height / 2, Math.max(...rows) + size.box.height / 2]
  return box(state, x, top, size.side.width, bottom - top)
}

/**
 * The life cycle as an SVG without styles or scripts of its own: classes alone, for a page under a strict policy. What
 * it shows is said again in the table below it, for whoever does not see it.
 */
export function lifeCycleDiagram(): string {
  const edges = edgesOf()
  const height = size.top + (spine.length - 1) * size.pitch + size.box.height / 2 + 10
  const boxes = spine.map((state) =>
    box(state, center.from, yOf(state) - size.box.height / 2, size.box.width, size.box.height),
  )
  return [
    `<svg class="life-cycle" viewBox="0 0 ${size.width} ${height}" width="${size.width}" height="${height}" role="img" aria-labelledby="lc-title lc-words">`,
    '<title id="lc-title">民情事项的流程图</title>',
    '<desc id="lc-words">从上到下：待受理、待派、待签收、办理中、待审核、待评价、办结。左侧为并入一类事，右侧为会诊。全部步骤见下表。</desc>',
    '<defs><marker id="lc-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="lc-head" d="M0 0L10 5L0 10z"></path></marker></defs>',
    ...edges.map(drawn),
    ...boxes,
    sideBox(left, sides.left - size.side.width, edges),
    sideBox(right, sides.right, edges),
    '</svg>',
  ].join('\n')
}
