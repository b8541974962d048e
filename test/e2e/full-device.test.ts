import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startWorld, type World } from './support/world.ts'

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.close())

test('a device without room: what was typed stays while there is no network, and goes out at once when there is', async () => {
  const { browser, open } = await world.device()
  const aside = await browser.context.newPage()
  const devtools = await aside.context().newCDPSession(aside)
  const { origin } = world.host
  // Before the first write: Chromium remembers for half a minute how much room there was.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  const { composer, write, publish } = await open('chen')
  const status = composer.locator('[part~="status"]')
  const count = async (text: string) =>
    (await world.query('select 1 from diary where text = $1', [text])).length
  await write('手机存满了')
  await status.getByText('草稿没有保存').waitFor()
  await browser.context.setOffline(true)
  await publish()
  await status.getByText('本机存储空间已满').waitFor()
  assert.match((await status.textContent()) ?? '', /没有丢失/)
  assert.equal(await composer.locator('textarea').inputValue(), '手机存满了')
  assert.equal(await count('手机存满了'), 0)
  await browser.context.setOffline(false)
  await publish()
  await status.getByText('已发布').waitFor()
  assert.equal(await count('手机存满了'), 1)
  assert.equal(await composer.locator('textarea').inputValue(), '')
  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await write('又有地方了')
  await publish()
  for (const end = Date.now() + 10_000; (await count('又有地方了')) === 0 && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(await count('又有地方了'), 1)
})
