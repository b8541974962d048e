// A load generator that does next to nothing: raw sockets, ready-made requests, and of an answer only its length.
import { once } from 'node:events'
import { connect } from 'node:net'
import { planned } from './child.ts'
import { quantile } from './figures.ts'
import type { LoadPlan, LoadResult } from './load.ts'

const headEnd = Buffer.from('\r\n\r\n')
const lengthName = /\r\ncontent-length: (\d+)/i

interface Tally {
  times: number[]
  bytes: number
}

function requestsOf({ paths, headers, port }: LoadPlan): Buffer[] {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`))
}

/** One connection: asks, waits for the whole answer, asks again. Rejects on anything but 200. */
async function keepAsking(
  plan: LoadPlan,
  requests: readonly Buffer[],
  end: number,
  tally: Tally,
): Promise<void> {
  const socket = connect(plan.port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  await new Promise<void>((resolve, reject) => {
    let missing = -1
    let head = Buffer.alloc(0)
    let began = 0
    const ask = () => {
      began = performance.now()
      if (began >= end) return resolve()
      missing = -1
      socket.write(requests[Math.floor(Math.random() * requests.length)]!)
    }
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed a connection')))
    socket.on('data', (chunk) => {
      if (missing < 0) {
        head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk
        const at = head.indexOf(headEnd)
        if (at < 0) return
        const text = head.toString('latin1', 0, at)
        if (!text.startsWith('HTTP/1.1 200')) return reject(new Error(`not 200: ${text.slice(0, 200)}`))
        const length = Number(lengthName.exec(text)?.[1])
        tally.bytes += length
        missing = length - (head.length - at - headEnd.length)
        head = Buffer.alloc(0)
      } else {
        missing -= chunk.length
      }
      if (missing > 0) return
      tally.times.push(performance.now() - began)
      ask()
    })
    ask()
  }).finally(() => socket.destroy())
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const requests = requestsOf(plan)
  const tally: Tally = { times: [], bytes: 0 }
  const start = performance.now()
  const end = start + plan.seconds * 1000
  await Promise.all(Array.from({ length: plan.connections }, () => keepAsking(plan, requests, end, tally)))
  const seconds = (performance.now() - start) / 1000
  const { times, bytes } = tally
  return {
    requestsPerSecond: times.length / seconds,
    bytes: bytes / times.length,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}

const [plan] = (await planned()) as [LoadPlan]
const result = await run(plan).catch((error: Error) => ({ error: error.message }))
process.send?.(result)
