import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { EventStream } from './event-stream.ts'

/** A connection whose other end asks and then reads only when told. */
async function connection(heartbeatMs: number) {
  const server = createServer()
  const asked = new Promise<ServerResponse>((resolve) => server.on('request', (_, raw) => resolve(raw)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const raw = await asked
  return {
    raw,
    socket,
    stream: new EventStream(raw, { headers: {}, heartbeatMs }),
    close: () => {
      socket.destroy()
      server.close()
      server.closeAllConnections()
    },
  }
}

describe('event stream on the wire', () => {
  test('beats while nothing happens', async () => {
    const { socket, close } = await connection(20)
    let text = ''
    socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
    await sleep(150)
    close()
    assert.ok(text.split(':\n\n').length > 3, text)
  })

  test('cuts a reader off who does not read, instead of keeping it all for them', async () => {
    const { raw, socket, stream, close } = await connection(60_000)
    socket.pause()
    const event = { id: '1-1', type: 'diary.updated', data: JSON.stringify('x'.repeat(10_000)) }
    let sent = 0
    while (stream.open && sent < 5000) {
      stream.send(event)
      sent++
      if (sent % 20 === 0) await sleep(1)
    }
    assert.ok(raw.destroyed)
    assert.ok(sent < 5000, `${sent} events fitted`)
    stream.send(event)
    stream.end(1)
    close()
  })

  test('says when to come back, then ends', async () => {
    const { socket, stream, close } = await connection(60_000)
    let text = ''
    socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
    stream.send({ id: '5-6', type: 'ready', data: '{}' })
    stream.end(100)
    await sleep(30)
    close()
    assert.match(text, /id: 5-6\nevent: ready\ndata: \{\}\n\n/)
    assert.match(text, /retry: 100\n\n/)
    assert.equal(stream.open, false)
  })
})
