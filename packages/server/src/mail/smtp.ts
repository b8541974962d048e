import { createTransport } from 'nodemailer'
import type { FastifyBaseLogger } from 'fastify'
import {
  MessageRefused,
  type Message,
  type MessageChannel,
  type Recipient,
} from '../internal/message-channel.ts'
import type { MailOptions } from './options.ts'

const timeoutMs = { connect: 10_000, greet: 10_000, silence: 30_000 }
const loopback = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** What nodemailer tells of a failure besides its message, which repeats what the server said and is not logged. */
interface Failure {
  code?: string
  command?: string
  responseCode?: number
}

const addressOf = (to: Recipient): string | null => (to.kind === 'unit' ? to.email : null)

/** A header is one line, whatever a title holds. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** The server knows for certain that it will never take this mail. */
const isFinal = ({ code, responseCode = 0 }: Failure): boolean =>
  responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')

function transportOf({ url }: MailOptions) {
  const { hostname, username } = new URL(url)
  return createTransport({
    url,
    // a password goes over the network encrypted or not at all
    requireTLS: username !== '' && !loopback.has(hostname),
    connectionTimeout: timeoutMs.connect,
    greetingTimeout: timeoutMs.greet,
    socketTimeout: timeoutMs.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/**
 * Mail by SMTP. A server that cannot be used (away, TLS, login) is told of in one log line, and in one more when it
 * works again; neither holds the password or anything of a mail.
 */
export function createSmtpChannel(
  options: MailOptions,
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>,
): MessageChannel {
  const transport = transportOf(options)
  const { hostname: host } = new URL(options.url)
  const domain = /@([^\s<>@]+)>?$/.exec(options.from)![1]!
  let working: boolean | undefined

  const failed = ({ code, command, responseCode }: Failure) => {
    if (working !== false) {
      log.warn({ host, code, command, responseCode }, 'mail: the server cannot be used; mails wait')
    }
    working = false
  }
  const succeeded = () => {
    if (working === false) log.info({ host }, 'mail: the server can be used again')
    working = true
  }
  void transport.verify().then(succeeded, failed)

  return {
    reaches: (to) => addressOf(to) !== null,
    async send({ id, to, subject, text }: Message) {
      const address = addressOf(to)
      if (address === null) throw new MessageRefused('no address')
      try {
        await transport.sendMail({
          from: options.from,
          to: { name: '', address: oneLine(address) },
          subject: oneLine(subject),
          text,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (error) {
        const failure = error as Failure
        if (isFinal(failure)) throw new MessageRefused(`refused with ${failure.responseCode}`)
        failed(failure)
        throw error
      }
      succeeded()
    },
    close: () => transport.close(),
  }
}
