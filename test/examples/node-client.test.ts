import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { createClient, newId } from '@minqing/client'
import { startTestServer } from '../faults/support/server.ts'

const script = new URL('../../examples/node-client/read-diaries.ts', import.meta.url).pathname
const area = '330683100201'

test('the example prints the diaries since a day and then each new one', async () => {
  const server = await startTestServer()
  // The department's back end: signs tokens for its script.
  const backEnd = createServer((_, response) => {
    const grants = [{ role: 'system' as const, area: '330683' }]
    void server.token({ sub: 'department', name: '水利局', grants }).then((token) => response.end(token))
  })
  await new Promise<void>((resolve) => backEnd.listen(0, '127.0.0.1', resolve))
  const mq = createClient({ baseUrl: server.url, getToken: () => server.token() })
  const write = (text: string) => mq.diaries.create({ id: newId(), area, kind: 'visit', text })
  await write('第一篇')
  await write('第二\n篇')

  const child = spawn(process.execPath, ['--conditions=minqing-source', script], {
    env: {
      ...process.env,
      MINQING_URL: server.url,
      MINQING_TOKEN_URL: `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}`,
      AREA: '330683',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const next = async () =>
      String((await lines.next()).value)
        .split('\t')
        .slice(1)
    assert.deepEqual(await next(), ['甘霖镇 大竹溪村', '陈立军', '第一篇'])
    assert.deepEqual(await next(), ['甘霖镇 大竹溪村', '陈立军', '第二 篇'])
    await write('第三篇')
    assert.deepEqual(await next(), ['甘霖镇 大竹溪村', '陈立军', '第三篇'])
    child.kill('SIGINT')
    assert.deepEqual(await ended, [0, null], 'ends by itself when told to')
  } finally {
    child.kill('SIGKILL')
    await mq.close()
    backEnd.close()
    backEnd.closeAllConnections()
    await server.close()
  }
})
