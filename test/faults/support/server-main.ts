import { startServer, type StartOptions } from '@minqing/server'

/** The reference server alone in a process; told its options and its end by the process that started it. */
const options = JSON.parse(process.env['MQ_TEST_SERVER']!) as StartOptions
const server = await startServer(options)
console.log(JSON.stringify({ url: server.url, port: server.port }))
const end = () => void server.close().then(() => process.exit(0))
process.on('SIGTERM', end)
process.stdin.on('end', end).resume()
