import { createClient, type MinqingError } from '@minqing/client'
import { expect } from '@open-wc/testing'
import { serverUrl } from '../testing/server.ts'
import { tokenFrom } from './token-url.ts'

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it should have failed'),
    (error: MinqingError) => error,
  )

describe('an address that gives tokens', () => {
  for (const [what, path] of [
    ['does not answer', '/__silent'],
    ['stops in the middle of its answer', '/__silent?begun'],
  ] as const) {
    it(`is given up, in words for people, when it ${what}`, async () => {
      const mq = createClient({ baseUrl: await serverUrl(), getToken: tokenFrom(path, 300) })
      const began = performance.now()
      const problem = await problemOf(mq.me.get())
      expect(problem.code).to.equal('timeout')
      expect(problem.titles['zh-CN']).to.contain('登录凭证')
      expect(performance.now() - began).to.be.within(295, 5000)
      await mq.close()
    })
  }

  it('is asked again the next time', async () => {
    const real = window.fetch
    let asked = 0
    window.fetch = (...request) => {
      asked++
      return real(...request)
    }
    try {
      const mq = createClient({
        baseUrl: await serverUrl(),
        getToken: tokenFrom('/__silent', 50),
        fetch: real,
        // It would ask for a token of its own.
        outbox: { autoFlush: false },
      })
      for (const time of [1, 2]) {
        expect((await problemOf(mq.me.get())).code).to.equal('timeout')
        expect(asked).to.equal(time)
      }
      await mq.close()
    } finally {
      window.fetch = real
    }
  })
})
