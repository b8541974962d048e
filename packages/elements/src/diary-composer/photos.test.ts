import { expect, fixtureCleanup } from '@open-wc/testing'
import { composerOf, next, parts, pick, type } from '../testing/composer.ts'
import { jpeg } from '../testing/jpeg.ts'
import { officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqDiaryComposer } from './diary-composer.ts'
import type { MqDiarySentEvent } from './diary-composer.events.ts'
import { Panels } from './panels/panels.ts'

const named = (...names: string[]) => Promise.all(names.map((name) => jpeg(120, 90, { name })))
const namesIn = (composer: MqDiaryComposer) => composer.draft.photos.map(({ name }) => name)

const transferOf = (files: File[]) => {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  return transfer
}

describe('photos of a diary', () => {
  afterEach(() => fixtureCleanup())

  it('arrive upright, in their order', async () => {
    const composer = await composerOf(officer())
    await type(composer, '两张照片')
    await pick(composer, [await jpeg(400, 300, { orientation: 6 }), await jpeg(320, 200)])
    const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    void composer.publish()
    const { diary } = await sent
    expect(diary?.photos.map(({ width, height }) => [width, height])).to.deep.equal([
      [300, 400],
      [320, 200],
    ])
  })

  it('can be pasted and dropped', async () => {
    const composer = await composerOf(officer())
    const form = parts(composer).one('form')!
    const [one, two] = await named('一.jpg', '二.jpg')
    form.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: transferOf([one!]), bubbles: true, cancelable: true }),
    )
    await until(() => composer.draft.photos.length === 1)
    const dataTransfer = transferOf([two!])
    form.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }))
    await until(() => form.className === 'drop')
    form.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    await until(() => composer.draft.photos.length === 2)
    expect(form.className).to.equal('')
    expect(namesIn(composer)).to.deep.equal(['一.jpg', '二.jpg'])
  })

  it('stay with their panel, which is made once, though it is also being loaded ahead', async () => {
    const composer = await composerOf(officer())
    const panels = new Panels(composer)
    const [, shown] = await Promise.all([panels.load('photos'), panels.show('photos'), panels.load('photos')])
    const added = shown!.add([await jpeg()])
    expect(panels.get('photos')).to.equal(shown)
    await panels.get('photos')!.settled()
    expect(composer.draft.photos).to.have.length(1)
    await added
  })

  it('can be moved, removed and brought back', async () => {
    const composer = await composerOf(officer())
    const { press } = parts(composer)
    await pick(composer, await named('一', '二', '三'))
    await press('照片 1 后移')
    expect(namesIn(composer)).to.deep.equal(['二', '一', '三'])
    await composer.updateComplete
    await press('照片 3 前移')
    expect(namesIn(composer)).to.deep.equal(['二', '三', '一'])
    await composer.updateComplete
    await press('移除照片 2')
    expect(namesIn(composer)).to.deep.equal(['二', '一'])
    await press('撤销')
    expect(namesIn(composer)).to.deep.equal(['二', '三', '一'])
  })

  it('are nine at most; what is no photo is told and left out', async () => {
    const composer = await composerOf(officer())
    const { status } = parts(composer)
    await pick(composer, [new File(['<p>'], '网页.jpg', { type: 'image/jpeg' }), await jpeg()], 1)
    await until(() => status().includes('网页.jpg 不是可识别的照片'))
    await pick(composer, await named(...'abcdefghij'), 8)
    expect(status()).to.contain('最多 9 张照片')
    expect(composer.draft.photos).to.have.length(9)
  })

  it('are shown in a way that needs no blob: images', async () => {
    const composer = await composerOf(officer())
    await pick(composer, [await jpeg()])
    expect(composer.renderRoot.querySelector('img')).to.equal(null)
    const canvas = parts(composer).one<HTMLCanvasElement>('.photo canvas')!
    const pixel = () => canvas.getContext('2d')!.getImageData(20, 20, 1, 1).data
    await until(() => pixel()[0]! > 200)
    expect(pixel()[1]).to.be.lessThan(80)
  })

  it('are waited for when one publishes at once', async () => {
    const composer = await composerOf(officer())
    await type(composer, '马上发布')
    const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    const form = parts(composer).one('form')!
    const clipboardData = transferOf([await jpeg(4000, 3000)])
    form.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    await until(() => parts(composer).one('.photo[aria-busy=true]'))
    void composer.publish()
    expect((await sent).diary?.photos).to.have.length(1)
  })
})
