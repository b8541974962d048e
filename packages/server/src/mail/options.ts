import { ConfigProblem } from '../identity/options.ts'

/** How notices leave by e-mail. In the environment of a start script: `MQ_SMTP_URL` and `MQ_MAIL_FROM`. */
export interface MailOptions {
  /**
   * `smtps://user:password@mail.example.gov.cn` (TLS from the start) or `smtp://…` (STARTTLS where offered, and
   * demanded before a password leaves this machine; `?requireTLS=false` says that the network is trusted).
   */
  readonly url: string
  /** The sender: `民情 <minqing@example.gov.cn>`. */
  readonly from: string
  /** Seconds before the first repetition of what failed; doubled each time, an hour at most. 30 without it. */
  readonly retrySeconds?: number
}

const sender = /^(?:[^<>\r\n"]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/

/** @throws ConfigProblem that names what is wrong, never the value, which holds a password */
export function checkMail({ url, from }: MailOptions): void {
  const parsed = URL.parse(url)
  if (!parsed || !['smtp:', 'smtps:'].includes(parsed.protocol) || !parsed.hostname) {
    throw new ConfigProblem(
      'The address of the mail server has to begin with smtp:// or smtps:// and name a host.',
    )
  }
  if (!sender.test(from)) throw new ConfigProblem('The sender of mails has to be an e-mail address.')
}
