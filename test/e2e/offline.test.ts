import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import exifr from 'exifr'
import { camera } from '../../packages/server/src/photos/testing/pictures.ts'
import { startWorld, type World } from './support/world.ts'

describe('a diary written without signal', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.close())

  test('survives a killed browser, arrives once, without EXIF, and shows in a colleague’s feed by itself', async () => {
    const text = `山上没有信号，老李家的屋顶漏雨 ${randomBytes(4).toString('hex')}`
    const photos = [
      { name: '屋顶.jpg', buffer: await camera({ width: 1600, height: 1200 }) },
      { name: '院子.jpg', buffer: await camera({ width: 1200, height: 1600, orientation: 6 }) },
    ]
    for (const { buffer } of photos)
      assert.ok((await exifr.gps(buffer)).latitude > 29, 'the camera wrote the place')

    const colleague = await (await world.device()).open('li')
    const phone = await world.device()
    const portal = await phone.open('chen')

    await phone.browser.context.setOffline(true)
    await portal.write(text, photos)
    await portal.publish()
    const waiting = { hasText: text }
    await portal.composer.locator('[part~="waiting-entry"]', waiting).waitFor()
    await portal.composer.locator('[role=status]', { hasText: '联网后自动发送' }).waitFor()
    assert.equal(await portal.composer.locator('textarea').inputValue(), '', 'the form is free again')
    assert.deepEqual(portal.complaints(), [])

    await phone.killAndRestart()
    // the portal answers, the server of the widgets' data does not: no signal as far as they are concerned
    await phone.browser.context.route('**/v1/**', (route) => route.abort('internetdisconnected'))
    const again = await phone.open('chen')
    await again.composer.locator('[part~="waiting-entry"]', waiting).getByText('2 张照片').waitFor()
    const rows = () =>
      world.query<{ id: string; author_id: string; photos: { id: string }[] }>(
        'select id, author_id, photos from diary where text = $1',
        [text],
      )
    assert.deepEqual(await rows(), [])

    await phone.browser.context.unroute('**/v1/**')
    await again.page.evaluate(() => dispatchEvent(new Event('online')))
    await colleague.diary(text).waitFor({ timeout: 30_000 })
    await again.composer.locator('[part~="waiting-entry"]').waitFor({ state: 'detached' })

    const [row, ...others] = await rows()
    assert.deepEqual(others, [], 'exactly one')
    assert.equal(row!.author_id, 'chen')
    assert.equal(row!.photos.length, 2)

    const images = colleague.diary(text).locator('img[data-photo]')
    await images.first().scrollIntoViewIfNeeded()
    for (const [n, { id }] of row!.photos.entries()) {
      const image = images.nth(n)
      await image.evaluate(
        (img: HTMLImageElement) => img.naturalWidth > 0 || new Promise((resolve) => (img.onload = resolve)),
      )
      assert.equal(await image.getAttribute('data-photo'), id)
      const source = (await image.getAttribute('src'))!
      for (const size of ['thumb', 'full']) {
        const answer = await fetch(source.replace('/thumb?', `/${size}?`))
        assert.equal(answer.headers.get('content-type'), 'image/webp')
        const bytes = Buffer.from(await answer.arrayBuffer())
        assert.equal(await exifr.parse(bytes, true).catch(() => undefined), undefined, 'no EXIF, no GPS')
        assert.ok(!bytes.includes('Minqing Camera'))
      }
    }
    const stored = await world.query<{ width: number; height: number }>(
      'select width, height from photo where diary_id = $1 order by width desc',
      [row!.id],
    )
    assert.deepEqual(
      stored,
      [
        { width: 1600, height: 1200 },
        { width: 1600, height: 1200 },
      ],
      'both stand upright',
    )
    assert.deepEqual(colleague.complaints(), [])

    // whatever comes later, it stays one
    await again.page.reload()
    await again.diary(text).waitFor()
    assert.equal((await rows()).length, 1)
  })
})
