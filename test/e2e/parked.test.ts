import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { nextVillage, village } from './support/host.ts'
import { fromOutbox } from './support/outbox.ts'
import { startWorld, type Device, type Portal, type World } from './support/world.ts'

const unique = (text: string) => `${text} ${randomBytes(4).toString('hex')}`

describe('a diary that the server refuses', () => {
  let world: World
  let device: Device
  let portal: Portal
  before(async () => {
    world = await startWorld()
    device = await world.device()
    portal = await device.open('chen')
  })
  after(() => world.close())

  const rows = (text: string) =>
    world.query<{ area_code: string }>('select area_code from diary where text = $1', [text])
  const entry = (text: string) => portal.composer.locator('[part~="waiting-entry"]', { hasText: text })

  const reopen = async () => {
    await portal.page.close()
    portal = await device.open('chen')
  }

  /** Writes without signal for a village, out of which the officer is moved before the signal is back. */
  async function refused(...texts: string[]): Promise<void> {
    world.host.people.chen.grants = [{ role: 'villageOfficer', area: village }]
    await reopen()
    await device.browser.context.setOffline(true)
    for (const text of texts) {
      await portal.write(text)
      await portal.publish()
      await entry(text).waitFor()
    }
    // Killed, not closed: a page that is closed while its line is cut hears for a moment that the line is back, and sends
    // what waits with its token, which is still good for the old village.
    await device.killAndRestart()
    world.host.people.chen.grants = [{ role: 'villageOfficer', area: nextVillage }]
    portal = await device.open('chen')
    for (const text of texts) await fromOutbox(portal.page, entry(text).getByText('未能发布').waitFor())
  }

  test('is kept with its reason, mended and sent', async () => {
    const text = unique('换村之前写的')
    await refused(text)
    await entry(text).getByText('不在您的权限范围内').waitFor()
    assert.deepEqual(await rows(text), [])

    await portal.button(entry(text), '修改').click()
    // its photos are read, and opened where they are sealed, before it is in the form
    const textarea = portal.composer.locator('textarea')
    while ((await textarea.inputValue()) !== text) await portal.page.waitForTimeout(20)
    const mended = `${text}，已改到新的村`
    await portal.composer.locator('textarea').fill(mended)
    await portal.publish()
    await portal.diary(mended).waitFor()
    await entry(text).waitFor({ state: 'detached' })
    assert.deepEqual(await rows(mended), [{ area_code: nextVillage }])
    assert.deepEqual(await rows(text), [])
  })

  test('never holds up what was written after it', async () => {
    const [stuck, next] = [unique('发不出去的'), unique('后来写的')]
    await refused(stuck)
    await portal.write(next)
    await portal.publish()
    await portal.diary(next).waitFor()
    await entry(stuck).waitFor()
    assert.deepEqual(await rows(next), [{ area_code: nextVillage }])
    assert.deepEqual(await rows(stuck), [])
  })

  test('can be discarded, and taken back after that', async () => {
    const text = unique('不要了')
    await refused(text)
    await portal.button(entry(text), '放弃').click()
    await entry(text).waitFor({ state: 'detached' })
    await portal.composer.getByRole('button', { name: '撤销' }).click()
    await entry(text).waitFor()
    assert.deepEqual(await rows(text), [])
  })

  test('reaches the server when the officer is back in the village', async () => {
    const text = unique('调回来以后')
    await refused(text)
    world.host.people.chen.grants = [{ role: 'villageOfficer', area: village }]
    await reopen()
    await portal.button(entry(text), '再发一次').click()
    await portal.diary(text).waitFor()
    assert.deepEqual(await rows(text), [{ area_code: village }])
  })
})
