import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as it arrived. */
export interface Arrived {
  readonly from: string
  readonly to: readonly string[]
  /** Head and body as they were on the wire. */
  readonly raw: string
  /** Lines of the head, folded ones joined. */
  readonly head: readonly string[]
  /** The body, decoded. */
  readonly text: string
}

export interface TestSmtp {
  readonly host: string
  readonly port: number
  readonly arrived: Arrived[]
  /** Answers to the next mails, in order, instead of taking them: `451`, `550`. */
  readonly refuse: number[]
  /** How many mails were offered, taken or not. */
  readonly offered: () => number
  until(count: number): Promise<void>
  close(): Promise<void>
}

const refusal = (code: number) => Object.assign(new Error('not now'), { responseCode: code })

function parse(raw: string): Pick<Arrived, 'head' | 'text'> {
  const [top, ...rest] = raw.split('\r\n\r\n')
  const head = top!.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const body = rest.join('\r\n\r\n')
  const encoding = head
    .find((line) => /^content-transfer-encoding:/i.test(line))
    ?.split(':')[1]
    ?.trim()
  if (encoding === 'base64') return { head, text: Buffer.from(body, 'base64').toString() }
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return { head, text: encoding === 'quoted-printable' ? Buffer.from(bytes, 'latin1').toString() : body }
}

/** The decoded value of a header. */
export function headerOf({ head }: Arrived, name: string): string | undefined {
  const line = head.find((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return line
    ?.slice(name.length + 1)
    .trim()
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString())
    .replace(/=\?utf-8\?Q\?([^?]*)\?=/gi, (_, text: string) =>
      Buffer.from(
        text
          .replace(/_/g, ' ')
          .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString(),
    )
}

/** A real mail server on this machine; without options it takes everything, without login. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const arrived: Arrived[] = []
  const refuse: number[] = []
  let offered = 0
  let check: () => void = () => undefined
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.secure ? [] : ['STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, done) {
      offered++
      const code = refuse.shift()
      done(code === undefined ? undefined : refusal(code))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString()
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(({ address }) => address)
        arrived.push({ from: mailFrom ? mailFrom.address : '', to, raw, ...parse(raw) })
        done()
        check()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    arrived,
    refuse,
    offered: () => offered,
    until: (count) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`only ${arrived.length} of ${count} mails came`))
        }, 20_000)
        check = () => {
          if (arrived.length < count) return
          clearTimeout(timer)
          resolve()
        }
        check()
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
