import { once } from 'node:events'
import { createServer } from 'node:net'
import { StartupProblem } from '../problem.ts'

/** The error of a failed `listen` as a sentence, or the error itself if it is no such thing. */
export function explainListen(error: unknown, host: string, port: number): unknown {
  const advice = `choose another, for example with PORT=${port < 65535 ? port + 1 : 8787} npm start`
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use by another program: stop that one, or ${advice}.`,
    EACCES: `Port ${port} may not be used by this user: ${advice.replace(String(port + 1), '8787')}.`,
    EADDRNOTAVAIL: `HOST=${host} is not an address of this machine: use 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `HOST=${host} is not a known name: use 127.0.0.1 or 0.0.0.0.`,
    EAI_AGAIN: `HOST=${host} cannot be looked up: use 127.0.0.1 or 0.0.0.0.`,
  }
  const sentence = sentences[(error as NodeJS.ErrnoException).code ?? '']
  return sentence ? new StartupProblem(sentence, { cause: error }) : error
}

/**
 * Tries the port before the long work begins, so that a port in use is said at once and not after a minute.
 *
 * @throws StartupProblem naming the port and how to choose another
 */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw explainListen(error, host, port)
  }
  server.close()
  await once(server, 'close')
}
