import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** The network between browser and server, the same for every browser: where it is cut, nothing answers. */
export interface Line {
  /** The server as browsers reach it. */
  readonly url: string
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** @param server its address, `http://127.0.0.1:1234` */
export async function startLine(server: string): Promise<Line> {
  const { hostname, port } = new URL(server)
  const open = new Set<Socket>()
  let isCut = false
  const hang = (one: Socket, other: Socket) => {
    open.add(one)
    one.on('error', () => one.destroy())
    one.on('close', () => {
      open.delete(one)
      other.destroy()
    })
  }
  const gate = createServer((near) => {
    if (isCut) {
      near.on('error', () => undefined)
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    hang(near, far)
    hang(far, near)
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  const hangUp = () => open.forEach((socket) => socket.destroy())
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    cut() {
      isCut = true
      hangUp()
    },
    mend() {
      isCut = false
    },
    close() {
      hangUp()
      return new Promise((resolve) => gate.close(() => resolve()))
    },
  }
}
