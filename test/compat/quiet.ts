import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { MissingPower, type Check } from './check.ts'
import type { Stage } from './stage.ts'

/** Before it sends a photo the client asks whether it is there; browsers write the No to their console. */
const asked = /status of 404 .*\/v1\/((own-)?photos|uploads)\/[0-9a-f-]{36}\)$/

/** What browsers say of a line that is cut on purpose, as long as it is. */
const cutLine =
  /net::ERR_(EMPTY_RESPONSE|CONNECTION_\w+|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING)|CORS request did not succeed/

/** After that the composer asks whether a diary has arrived. */
const arrived = /status of 404 .*\/v1\/diaries\/[0-9a-f-]{36}\)$/

const aboutPolicy = /^policy: |Content Security Policy|"policy: /

const heard = ({ driver, cuts }: Stage) =>
  driver.complaints.filter(
    (said, at) =>
      !asked.test(said) &&
      !(cutLine.test(said) && cuts.some(([from, to]) => at >= from && at < to)) &&
      !(arrived.test(said) && cuts.some(([, to]) => at >= to)),
  )
const breaches = (stage: Stage) => heard(stage).filter((said) => aboutPolicy.test(said))

/** What all pages have said until now; the last checks of a browser, since they break the policy themselves. */
export const quietChecks = (): Check[] => [
  {
    group: 'console and policy',
    title: 'no error in the console',
    run(stage) {
      assert.deepEqual(
        heard(stage).filter((said) => !aboutPolicy.test(said)),
        [],
      )
      return Promise.resolve()
    },
  },
  {
    group: 'console and policy',
    title: 'nothing breaks a strict policy',
    async run(stage) {
      assert.deepEqual(breaches(stage), [])
      await stage.driver.evaluate(`document.body.setAttribute('style', 'color: red'), true`)
      for (let n = 0; n < 40 && !breaches(stage).length; n++) await sleep(50)
      assert.match(breaches(stage).join(), /style-src/, 'a breach would have been heard')
    },
  },
  {
    group: 'console and policy',
    title: 'nothing breaks Trusted Types',
    async run(stage) {
      const { driver } = stage
      const known = await driver.evaluate<boolean>(`'trustedTypes' in globalThis`)
      if (!known) throw new MissingPower('trusted-types')
      assert.deepEqual(
        breaches(stage).filter((said) => /trusted-types/.test(said)),
        [],
      )
      const refused = `(() => {
        try { document.createElement('div').innerHTML = '<b></b>' } catch (error) { return error.name }
      })()`
      assert.equal(await driver.evaluate(refused), 'TypeError', 'the page enforces them')
    },
  },
]
