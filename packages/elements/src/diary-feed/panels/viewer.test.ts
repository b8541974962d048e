import { newId } from '@minqing/client'
import { expect } from '@open-wc/testing'
import { expectAccessible } from '../../testing/axe.ts'
import { until } from '../../testing/until.ts'
import { cardSaying, openFeed, ownTag, part, press, writer, type Writer } from '../testing/feed.ts'

/** A real JPEG of a color. */
async function jpeg(color: string, width: number, height: number): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')!
  context.fillStyle = color
  context.fillRect(0, 0, width, height)
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), 'image/jpeg'))
}

async function withPhotos({ client, person, write }: Writer, text: string, count: number) {
  const { area } = person.grants[0]!
  const photos: string[] = []
  for (let i = 0; i < count; i++) {
    const id = newId()
    await client.photos.upload(await jpeg(`hsl(${i * 60} 60% 50%)`, 800, 600), { area, id })
    photos.push(id)
  }
  return write(text, { photos })
}

describe('photos', () => {
  it('keeps their room in the card, and shows them full size with the keyboard', async () => {
    const someone = await writer()
    const tag = ownTag()
    await withPhotos(someone, `照片 #${tag}`, 3)
    const feed = await openFeed(someone.person, { tag })
    const card = await cardSaying(feed, '照片')
    const before = card.offsetHeight
    const images = [...card.querySelectorAll('img')]
    expect(images.length).to.equal(3)
    await until(() => images.every((image) => image.complete && image.naturalWidth > 0))
    expect(images[0]!.naturalWidth).to.equal(480)
    expect(card.offsetHeight).to.equal(before)

    const second = card.querySelectorAll<HTMLElement>('.photo')[1]!
    second.focus()
    second.click()
    const dialog = await part<HTMLDialogElement>(feed, 'dialog[open]')
    const image = () => dialog.querySelector('img')
    await until(() => image()?.naturalWidth === 800)
    expect(dialog.textContent).to.contain('2 / 3')
    await expectAccessible(feed)
    const key = (name: string) =>
      feed.shadowRoot!.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
      )
    key('ArrowRight')
    await until(() => dialog.textContent!.includes('3 / 3'))
    key('ArrowRight')
    key('Home')
    await until(() => dialog.textContent!.includes('1 / 3') && image()?.alt.includes('第 1 张'))
    await press(dialog, '下一张')
    await until(() => dialog.textContent!.includes('2 / 3'))
    await press(dialog, '关闭')
    await until(() => !feed.shadowRoot!.querySelector('dialog'))
    expect(feed.shadowRoot!.activeElement).to.equal(second)
  })

  it('goes on by a swipe, not by a tap or a scroll', async () => {
    const someone = await writer()
    const tag = ownTag()
    await withPhotos(someone, `划动 #${tag}`, 2)
    const feed = await openFeed(someone.person, { tag })
    const card = await cardSaying(feed, '划动')
    card.querySelector<HTMLElement>('.photo')!.click()
    const dialog = await part<HTMLDialogElement>(feed, 'dialog[open]')
    const swipe = (x: number, y: number) => {
      dialog.dispatchEvent(new PointerEvent('pointerdown', { clientX: 300, clientY: 300, bubbles: true }))
      dialog.dispatchEvent(
        new PointerEvent('pointerup', { clientX: 300 + x, clientY: 300 + y, bubbles: true }),
      )
    }
    swipe(-10, 0)
    swipe(-60, 200)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(dialog.textContent).to.contain('1 / 2')
    swipe(-120, 10)
    await until(() => dialog.textContent!.includes('2 / 2'))
    swipe(120, 10)
    await until(() => dialog.textContent!.includes('1 / 2'))
    dialog.close()
  })
})
