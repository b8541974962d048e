import { isMinqingError, type AtRest } from '@minqing/client'
import type { Me } from '@minqing/core/wire'
import { expect, fixtureCleanup } from '@open-wc/testing'
import { openDB } from 'idb'
import { configuration, configure } from './configure.ts'
import type { MqDiaryComposer } from './diary-composer/diary-composer.ts'
import type { MqDiarySentEvent } from './diary-composer/diary-composer.events.ts'
import { Memory } from './issue-tracker/model/memory.ts'
import type { DraftPhoto } from './internal/photos/photo-row.ts'
import type { HostServices } from './plugins.ts'
import { composerOf, next, parts, pick, type } from './testing/composer.ts'
import { browserIs, hostWith, leaveHosts } from './testing/host.ts'
import { jpeg } from './testing/jpeg.ts'
import { officer } from './testing/server.ts'
import { until } from './testing/until.ts'

const locate = async (composer: MqDiaryComposer) => {
  await parts(composer).press('地点')
  await parts(composer).press('定位')
}
const said = (composer: MqDiaryComposer, text: string) =>
  until(() => `${parts(composer).status()}${parts(composer).alert()}`.includes(text), text)

/** A seal by the browser's own AES-GCM, whose key can be away. */
async function sealing(): Promise<{ atRest: AtRest; key: { isAway: boolean } }> {
  const raw = crypto.getRandomValues(new Uint8Array(16))
  const aes = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const key = { isAway: false }
  const how = (iv: BufferSource, boundTo: string) => {
    if (key.isAway) throw new Error('no key')
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(boundTo) }
  }
  const atRest: AtRest = {
    async seal(bytes, boundTo) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = await crypto.subtle.encrypt(how(iv, boundTo), aes, bytes as Uint8Array<ArrayBuffer>)
      return new Uint8Array(await new Blob([iv, sealed]).arrayBuffer())
    },
    async open(sealed, boundTo) {
      const [iv, rest] = [new Uint8Array(sealed.slice(0, 12)), new Uint8Array(sealed.slice(12))]
      return crypto.subtle.decrypt(how(iv, boundTo), aes, rest).then(
        (bytes) => new Uint8Array(bytes),
        () => undefined,
      )
    },
  }
  return { atRest, key }
}

/** All records of a store, as they lie there. */
async function recordsOf(database: string, store: string): Promise<object[]> {
  const db = await openDB(database)
  const all = (await db.getAll(store)) as object[]
  db.close()
  return all
}
const draftsOf = async () => JSON.stringify(await recordsOf('mq-drafts', 'drafts'))
const locked = '本机内容加密保存，密钥暂时取不到'

describe('a seal for what is kept on this device', () => {
  afterEach(async () => {
    fixtureCleanup()
    await leaveHosts()
  })

  it('takes drafts with their photos over from the widgets that are there, and gives them back', async () => {
    const person = officer()
    const composer = await composerOf(person)
    await type(composer, '还没有封存的草稿')
    await until(async () => (await draftsOf()).includes('还没有封存的草稿'), 'the draft in the open')
    const { atRest } = await sealing()
    await hostWith({ atRest })
    await until(() => parts(composer).text.value === '还没有封存的草稿', 'the draft again')
    await until(async () => !(await draftsOf()).includes('还没有封存的草稿'), 'the draft to be sealed')
    await pick(composer, [await jpeg(120, 90, { name: '老李家.jpg' })])
    await type(composer, '封存的草稿')
    const [{ id, blob }] = composer.draft.photos as [DraftPhoto]
    const isKept = async () =>
      (await recordsOf('mq-drafts', 'photos')).find((photo) => (photo as { id: string }).id === id)
    const kept = await until(isKept, 'the photo to be kept')
    expect(Object.keys(kept)).to.have.members(['id', 'sealed'])
    expect(await (kept as { sealed: Blob }).sealed.text()).to.not.contain(await blob.slice(0, 16).text())
    await until(() => composer.flow)
    fixtureCleanup()
    const again = await composerOf(person)
    await until(() => parts(again).text.value === '封存的草稿', 'the sealed draft')
    expect(again.draft.photos.map(({ name, blob: { size } }) => [name, size])).to.deep.equal([
      ['老李家.jpg', blob.size],
    ])
  })

  it('without its key a draft is told of and left alone, and a diary goes out at once', async () => {
    const person = officer()
    const { atRest, key } = await sealing()
    await hostWith({ atRest })
    const before = await draftsOf()
    const composer = await composerOf(person)
    await type(composer, '锁住的草稿')
    await until(async () => (await draftsOf()) !== before, 'the draft to be kept')
    fixtureCleanup()
    key.isAway = true
    const without = await composerOf(person)
    await said(without, locked)
    expect(parts(without).text.value).to.equal('')
    await type(without, '没有密钥也能发布')
    await said(without, '草稿没有保存，请勿关闭页面')
    const sent = next<MqDiarySentEvent>(without, 'mq-diary-sent')
    expect(await without.publish()).to.equal(true)
    expect((await sent).diary?.text).to.equal('没有密钥也能发布')
    fixtureCleanup()
    key.isAway = false
    const again = await composerOf(person)
    await until(() => parts(again).text.value === '锁住的草稿', 'the draft of before')
  })

  it('a draft that cannot be opened any more is told of, and no other is written over it', async () => {
    const person = officer()
    const stop = await hostWith({ atRest: (await sealing()).atRest })
    const before = await draftsOf()
    const first = await composerOf(person)
    await type(first, '旧密钥的草稿')
    const count = async () => (await recordsOf('mq-drafts', 'drafts')).length
    await until(async () => (await draftsOf()) !== before, 'the draft to be kept')
    fixtureCleanup()
    await stop()
    await hostWith({ atRest: (await sealing()).atRest })
    const second = await composerOf(person)
    await said(second, '本机保存的内容已损坏，无法读出')
    const kept = await count()
    await type(second, '新密钥的草稿')
    await until(async () => (await count()) === kept + 1, 'a draft beside it')
  })

  it('what was read of issues is sealed, and forgotten if it was kept in the open', async () => {
    const me = { id: 'xu', name: '徐伟' } as Me
    const server = `http://issues.test/${crypto.randomUUID()}`
    const { atRest, key } = await sealing()
    const open = (await Memory.open(server))!
    await open.remember(me)
    await open.keep(me, 'issue', '1', '路灯坏了')
    open.close()
    const sealed = (await Memory.open(server, atRest))!
    expect(await sealed.recall(me, 'issue', '1')).to.equal(undefined)
    await sealed.remember(me)
    await sealed.keep(me, 'issue', '2', '井盖坏了')
    await sealed.keep(me, 'list', JSON.stringify({ area: '330683', q: '老李家' }), [])
    const keys = await openDB('mq-issues').then((db) => db.getAllKeys('kept').finally(() => db.close()))
    expect(JSON.stringify(keys)).to.contain(server).and.not.contain('老李家')
    const records = [...(await recordsOf('mq-issues', 'kept')), ...(await recordsOf('mq-issues', 'people'))]
    for (const word of ['路灯坏了', '井盖坏了', '徐伟']) expect(JSON.stringify(records)).to.not.contain(word)
    expect((await sealed.recall(me, 'issue', '2'))?.value).to.equal('井盖坏了')
    expect((await sealed.remembered())?.name).to.equal('徐伟')
    key.isAway = true
    const failed = await sealed.recall(me, 'issue', '2').catch((error: unknown) => error)
    expect(isMinqingError(failed, 'entry_locked')).to.equal(true)
    sealed.close()
  })
})

describe('services of a host', () => {
  afterEach(async () => {
    await leaveHosts()
    fixtureCleanup()
  })

  for (const [system, longitude, latitude] of [
    ['wgs84', 120.580232, 30.001523],
    ['gcj02', 120.584311, 29.998887],
    ['bd09', 120.590749, 30.005133],
  ] as const) {
    it(`the place is found in ${system} and kept in WGS 84`, async () => {
      const composer = await composerOf(officer())
      await hostWith({ locate: () => Promise.resolve({ longitude, latitude, system }) })
      await locate(composer)
      await said(composer, '已定位')
      const { place } = composer.draft
      expect(place!.longitude).to.be.closeTo(120.580232, 0.00002)
      expect(place!.latitude).to.be.closeTo(30.001523, 0.00002)
      expect(place!.precision).to.equal('grid')
    })
  }

  for (const [what, answer] of [
    ['refuses', () => Promise.reject(new Error('no permission'))],
    [
      'throws at once',
      () => {
        throw new Error('no bridge')
      },
    ],
    ['knows no place on earth', () => Promise.resolve({ longitude: NaN, latitude: 30, system: 'wgs84' })],
  ] as [string, HostServices['locate']][]) {
    it(`a host that ${what} leaves it to the browser`, async () => {
      browserIs({ longitude: 120.5, latitude: 30 })
      const composer = await composerOf(officer())
      await hostWith({ locate: answer })
      await locate(composer)
      await said(composer, '已定位')
      expect(composer.draft.place).to.include({ longitude: 120.5, latitude: 30 })
    })
  }

  it('neither knows: the person hears why, and the place can be typed', async () => {
    const composer = await composerOf(officer())
    const told: string[] = []
    const { warn } = console
    console.warn = (sentence: string) => told.push(sentence)
    Object.defineProperty(document, 'featurePolicy', {
      configurable: true,
      value: { allowsFeature: () => false },
    })
    try {
      for (const [code, words] of [
        [1, '没有得到定位许可'],
        [2, '无法取得位置'],
        [3, '定位超时'],
      ] as const) {
        browserIs({ code })
        await until(
          () =>
            parts(composer).button('定位') ??
            parts(composer)
              .press('地点')
              .then(() => null),
        )
        await parts(composer).press('定位')
        await said(composer, words)
      }
      Object.defineProperty(navigator, 'geolocation', { configurable: true, value: undefined })
      await parts(composer).press('定位')
      await said(composer, '无法取得位置')
    } finally {
      console.warn = warn
      Reflect.deleteProperty(document, 'featurePolicy')
    }
    expect(told.filter((sentence) => sentence.includes('Permissions-Policy'))).to.have.length(1)
    expect(composer.draft.place).to.equal(undefined)
    await until(() => parts(composer).button('定位'))
  })

  it('photos come from the host wherever a widget picks them, and from the browser when it fails', async () => {
    const composer = await composerOf(officer())
    const asked: object[] = []
    let refuses = false
    const photo = await jpeg(120, 90, { name: '宿主.jpg' })
    const stop = await hostWith({
      pickPhotos: (how) => {
        asked.push(how)
        return refuses ? Promise.reject(new Error('no permission')) : Promise.resolve([photo])
      },
    })
    /** Whether the press of the button got as far as the browser's own dialog, which tests cannot answer. */
    let reached = false
    const input = parts(composer).one<HTMLInputElement>('input[type=file]')!
    input.addEventListener('click', (event) => {
      reached = !event.defaultPrevented
      event.preventDefault()
    })
    // until the watching part has come, presses go to the browser
    await until(async () => {
      await parts(composer).press('照片')
      return asked.length > 0
    })
    await until(() => composer.draft.photos.length === 1)
    expect(composer.draft.photos[0]!.name).to.equal('宿主.jpg')
    expect(asked).to.deep.equal([{ max: 9, camera: false }])
    expect(reached).to.equal(false)

    refuses = true
    await parts(composer).press('照片')
    const note = () => [...composer.renderRoot.querySelectorAll('p[role=alert]')].map((p) => p.textContent)
    await until(() => note().some((text) => text === '未能打开相机或相册，请再点一次改用浏览器选择'))
    await parts(composer).press('照片')
    expect(reached).to.equal(true)
    expect(asked).to.have.length(2)
    expect(note()).to.have.length(0)

    await stop()
    await parts(composer).press('照片')
    expect(asked).to.have.length(2)
  })

  it('its style and its way to the server hold while it is there, and the page’s own come back', async () => {
    const composer = await composerOf(officer())
    const own = configuration()!.fetch
    const through: string[] = []
    const stop = await hostWith({
      style: { elder: true },
      transport: Object.assign(
        (...[input, init]: Parameters<typeof fetch>) => {
          through.push(new Request(input, init).url)
          return fetch(input, init)
        },
        { streams: false },
      ),
    })
    expect(composer.elder).to.equal(true)
    expect(configuration()!.fetch).to.not.equal(own)
    await until(() => through.some((url) => url.includes('/v1/')), 'a request of the host')
    await stop()
    expect(composer.elder).to.equal(false)
    expect(configuration()!.fetch).to.equal(own)

    const again = await hostWith({ style: { theme: 'dark' } })
    expect(configuration()).to.include({ theme: 'dark', elder: false })
    configure({ theme: 'light' })
    await again()
    expect(configuration()!.theme).to.equal('light')
    configure({ theme: 'auto' })
  })
})
