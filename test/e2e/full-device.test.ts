import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startWorld, type World } from './support/world.ts'

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.close())

test('a device without room: the composer says so and keeps what was typed; with room again it is published', async () => {
  const { browser, open } = await world.device()
  const aside = await browser.context.newPage()
  const devtools = await aside.context().newCDPSession(aside)
  const { origin } = world.host
  // Before the first write: Chromium remembers for half a minute how much room there was.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  const { composer, write, publish } = await open('chen')
  const status = composer.locator('[part~="status"]')
  await write('手机存满了')
  await status.getByText('草稿没有保存').waitFor()
  await publish()
  await status.getByText('本机存储空间已满').waitFor()
  assert.match((await status.textContent()) ?? '', /没有丢失/)
  assert.equal(await composer.locator('textarea').inputValue(), '手机存满了')
  const count = () => world.query('select 1 from diary where text = $1', ['手机存满了'])
  assert.equal((await count()).length, 0)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await publish()
  await status.getByText('已发布').waitFor()
  assert.equal((await count()).length, 1)
  assert.equal(await composer.locator('textarea').inputValue(), '')
})
