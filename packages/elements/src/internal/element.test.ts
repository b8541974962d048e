import { expect, fixture, html } from '@open-wc/testing'
import { configure } from '../configure.ts'
import '../define/mq-diary-composer.ts'
import { serverUrl } from '../testing/server.ts'

describe('the real server', () => {
  it('answers', async () => {
    const answer = await fetch(`${await serverUrl()}/readyz`)
    expect(answer.status).to.equal(200)
    configure({ locale: 'zh-CN' })
    await fixture(html`<mq-diary-composer></mq-diary-composer>`)
  })
})
