import { startServer, type StartOptions } from '../main.ts'

/** A server that a test can kill: options come as JSON in MQ_TEST_SERVER, the secret in hex; prints its address. */
const options = JSON.parse(process.env['MQ_TEST_SERVER']!) as StartOptions & {
  token: { audience: string; secret: string }
}
const token = { ...options.token, secret: new Uint8Array(Buffer.from(options.token.secret, 'hex')) }
const { url } = await startServer({ ...options, token })
console.log(url)
// the test holds the other end: when it is gone, however it ended, so is this
process.stdin.on('end', () => process.exit(1)).resume()
