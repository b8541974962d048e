import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fakeRecognition } from '@minqing/plugins/dictation/fake'
import type { MgopCall } from '@minqing/plugins/zheliban'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** A server of map tiles: a county's own mirror of 天地图. */
export interface Tiles {
  readonly url: string
  /** What it was asked for. */
  readonly asked: readonly URL[]
  close(): void
}

/** Answers every tile with a picture. */
export async function startTiles(): Promise<Tiles> {
  const asked: URL[] = []
  const picture = sharp({ create: { width: 256, height: 256, channels: 3, background: '#dde' } })
  const png = await picture.png().toBuffer()
  const server = createServer(({ url }, answer) => {
    asked.push(new URL(url!, 'http://tiles'))
    answer.setHeader('content-type', 'image/png').end(png)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Puts the address of images into the page's policy, as a portal has to that names them. */
export const allowImages = (page: Page, address: string, origin: string): Promise<unknown> =>
  page.route(address, async (route) => {
    const response = await route.fetch()
    const policy = response.headers()['content-security-policy']!
    const named = policy.replace("img-src 'self'", `img-src 'self' ${origin}`)
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': named } })
  })

/** What hosts and the browser itself put into pages, from the first moment on. */
export async function putHosts(page: Page): Promise<void> {
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#a27' } })
    .jpeg()
    .toBuffer()
  // a phone with 浙政钉, as far as a page can see it
  await page.addInitScript((base64) => {
    const answers = {
      ready: (told: () => void) => setTimeout(told),
      getGeolocation: () => Promise.resolve({ longitude: 120.584311, latitude: 29.998887, accuracy: 30 }),
      chooseLocalImage: () => Promise.resolve({ apFilePaths: ['https://resource/1.image'] }),
      readImageToBase64: () => Promise.resolve({ base64 }),
    }
    // and the gateway of 浙里办, which posts what it is given
    const mgop = ({ data, onSuccess, onFail }: MgopCall) => {
      fetch('/v1/envelope', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(data),
      })
        .then(async (answer) => onSuccess({ data: (await answer.json()) as unknown }))
        .catch(onFail)
    }
    Object.assign(globalThis, { dd: answers, mgop })
  }, picture.toString('base64'))
  // an engine of the browser's own that recognizes speech
  await page.addInitScript({
    content: `speech = (${String(fakeRecognition)})(); webkitSpeechRecognition = SpeechRecognition = speech.recognition`,
  })
}
