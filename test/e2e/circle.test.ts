import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { addWorkingDays, type Issue } from '@minqing/core'
import { chineseCalendar } from '../../packages/server/src/internal/calendar.ts'
import { openDesk, type Desk } from './support/desk.ts'
import { village, type PersonName } from './support/host.ts'
import { startWorld, type Device, type Portal, type World } from './support/world.ts'

/** `3-04 09:00` in China, 2026. The days from 2026-03-02, a Monday, to 2026-03-20 have no holiday. */
const at = (when: string): Date => {
  const [day = '', time = ''] = when.split(' ')
  const [month, date] = day.split('-').map((part) => part.padStart(2, '0'))
  return new Date(`2026-${month}-${date}T${time}:00+08:00`)
}
const iso = (when: string) => at(when).toISOString()

const category = '010101'

/**
 * One issue through the whole circle, by five people in five browsers. The server's clock stands still between the
 * steps, so that every moment in the timeline can be named.
 */
describe('an issue from an offline diary to five stars', () => {
  const word = randomBytes(4).toString('hex')
  const text = `村口的路灯不亮，晚上老人摔了一跤 ${word}`
  let now = at('3-02 09:00')
  let world: World
  let phone: Device
  let portal: Portal
  const devices = new Map<PersonName, Device>()
  const desks = new Map<PersonName, Desk>()
  const desk = (name: PersonName) => desks.get(name)!

  before(async () => {
    world = await startWorld({ clock: () => now, issues: 0, tickEveryMs: 200 })
    phone = await world.device()
    devices.set('chen', phone)
    for (const name of ['dispatcher', 'housing', 'transport', 'leader'] as const)
      devices.set(name, await world.device())
    await setClocks()
  })
  after(() => world.close())

  const setClocks = () =>
    Promise.all([...devices.values()].map(({ browser }) => browser.context.clock.setSystemTime(now)))
  /** Moves every clock there is. */
  const goTo = async (when: string) => {
    now = at(when)
    await setClocks()
  }
  let isBroken = false
  /** Each goes on where the one before it stopped: after a failure there is nothing to go on from. */
  const step = (name: string, work: () => Promise<void>) =>
    void test(name, async () => {
      assert.ok(!isBroken, 'an earlier step failed')
      isBroken = true
      await work()
      isBroken = false
    })
  const issue = async (): Promise<Issue> => {
    const rows = await world.query<{ wire: string }>('select wire from issue where text = $1', [text])
    assert.equal(rows.length, 1)
    return JSON.parse(rows[0]!.wire) as Issue
  }
  const until = async (what: string, holds: (issue: Issue) => boolean) => {
    for (let attempt = 0; attempt < 150; attempt++) {
      if (holds(await issue())) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    assert.fail(`${what}: ${JSON.stringify(await issue(), null, 1)}`)
  }

  step('is written without signal and becomes an issue by itself', async () => {
    portal = await phone.open('chen')
    await phone.browser.context.setOffline(true)
    await portal.composer.locator('.forward input[type=checkbox]').check()
    await portal.write(text)
    await portal.publish()
    await portal.composer.locator('[part~="waiting-entry"]', { hasText: text }).waitFor()
    assert.deepEqual(await world.query('select 1 from diary where text = $1', [text]), [])
    await phone.browser.context.setOffline(false)
    await portal.diary(text).waitFor()
    await portal.diary(text).getByText('待受理').waitFor()
    const { state, residentClock, diary, reporter, area } = await issue()
    assert.deepEqual([state, reporter.id, area.code], ['submitted', 'chen', village])
    assert.ok(diary)
    assert.equal(residentClock.startedAt, iso('3-02 09:00'))
  })

  step('is received, scored, and sent to the wrong department, which names a better one', async () => {
    await goTo('3-02 10:00')
    const center = await openDesk(world, devices.get('dispatcher')!, 'dispatcher')
    desks.set('dispatcher', center)
    await center.openIssue(word)
    await center.tracker.locator('.detail').getByText('摔').first().waitFor()
    await center.act('triage', (form) => form.category(category))
    await center.inState('待派单')
    await center.act('dispatch', (form) => form.select('lead.unit', 'jiaotong'))
    await center.inState('待签收')

    await goTo('3-02 11:00')
    const transport = await openDesk(world, devices.get('transport')!, 'transport')
    desks.set('transport', transport)
    await transport.page.locator('mq-inbox').getByText(word).first().waitFor()
    await transport.openIssue(word)
    assert.deepEqual(await transport.offered(), ['accept', 'addProgress', 'requestReturn'])
    await transport.act('requestReturn', async (form) => {
      await form.select('betterUnit', 'zhujian')
      await form.write('reason', '村内路灯由住建部门管养')
    })

    await goTo('3-02 14:00')
    await center.tracker.locator('.detail', { hasText: '申请退单' }).waitFor()
    await center.act('approve')
    await center.inState('待派单')
    await center.act('dispatch', async (form) => {
      await form.select('lead.unit', 'zhujian')
      await form.dialog.getByRole('button', { name: '添加协办单位' }).click()
      await form.dialog.getByLabel('协办 1单位').selectOption('jiaotong')
    })
    await center.inState('待签收')
    const { assignments, leadChanges } = await issue()
    assert.deepEqual(
      assignments.map(({ unit, role, state }) => [unit.id, role, state]),
      [
        ['jiaotong', 'lead', 'returned'],
        ['zhujian', 'lead', 'offered'],
        ['jiaotong', 'assist', 'offered'],
      ],
    )
    assert.equal(leadChanges, 1)
  })

  step('is worked on by two departments; the lead cannot answer before the assist', async () => {
    await goTo('3-03 09:00')
    const housing = await openDesk(world, devices.get('housing')!, 'housing')
    desks.set('housing', housing)
    await housing.openIssue(word)
    await housing.act('accept')
    await housing.inState('办理中')
    await desk('transport').act('accept')
    await housing.tracker.locator('.detail', { hasText: '签收（协办）' }).waitFor()
    await housing.refused('answer', '还有协办单位未办结', async (form) => {
      await form.write('text', '灯具已更换')
      await form.choose('outcome', '已解决')
    })
  })

  step('the assist answers, the deadline is extended and still missed', async () => {
    await goTo('3-03 15:00')
    await desk('transport').act('answer', (form) => form.write('text', '便道已封闭，可以施工'))
    await goTo('3-04 09:00')
    const housing = desk('housing')
    await housing.act('requestExtension', async (form) => {
      await form.day('dueAt', '2026-03-13')
      await form.write('reason', '灯杆需要定制')
    })
    await goTo('3-04 10:00')
    await desk('dispatcher').act('approve')
    await until('extended', ({ assignments }) => assignments[1]!.dueAt === iso('3-13 23:59'))

    await goTo('3-16 09:00')
    await until('breached', ({ assignments }) => assignments[1]!.dueAlarm === 2)
    await housing.page.locator('mq-inbox', { hasText: '超期' }).waitFor()
    await housing.tracker.locator('.detail', { hasText: '已超期' }).waitFor()
  })

  step(
    'is answered, reviewed, and not solved after all: reopened, and brought to a joint consultation',
    async () => {
      await goTo('3-16 10:00')
      await desk('housing').act('answer', async (form) => {
        await form.write('text', '路灯已修好')
        await form.choose('outcome', '已解决')
      })
      await goTo('3-16 11:00')
      await desk('dispatcher').inState('待审核')
      await desk('dispatcher').act('approveAnswer')
      await goTo('3-16 15:00')
      desks.set('chen', await openDesk(world, phone, 'chen'))
      await desk('chen').openIssue(word)
      await desk('chen').act('rate', async (form) => {
        await form.choose('solved', '未解决')
        await form.choose('stars', '不满意')
        await form.write('text', '晚上还是不亮')
      })
      await desk('dispatcher').inState('待派单')
      await goTo('3-17 09:00')
      await desk('dispatcher').act('escalate', (form) => form.write('reason', '电源属供电公司，需一并会商'))
      await goTo('3-17 14:00')
      const leader = await openDesk(world, devices.get('leader')!, 'leader')
      desks.set('leader', leader)
      await leader.openIssue(word)
      await leader.inState('会诊中')
      await leader.act('conclude', (form) => form.write('decision', '由住建局牵头换线，三日内完成'))
      await desk('dispatcher').inState('待派单')
    },
  )

  step('is solved and rated with five stars', async () => {
    await goTo('3-17 15:00')
    await desk('dispatcher').act('dispatch', (form) => form.select('lead.unit', 'zhujian'))
    await goTo('3-18 09:00')
    await desk('housing').inState('待签收')
    await desk('housing').act('accept')
    await goTo('3-18 16:00')
    await desk('housing').act('answer', async (form) => {
      await form.write('text', '换了电缆，灯亮了')
      await form.choose('outcome', '已解决')
    })
    await goTo('3-18 17:00')
    await desk('dispatcher').inState('待审核')
    await desk('dispatcher').act('approveAnswer')
    await goTo('3-19 09:00')
    await desk('chen').inState('待评价')
    await desk('chen').act('rate', async (form) => {
      await form.choose('solved', '已解决')
      await form.choose('stars', '非常满意')
    })
    await desk('chen').inState('已办结')
    const { closing, rating } = await issue()
    assert.deepEqual(
      [closing?.reason, closing?.confirmation, closing?.at],
      ['solved', 'resident', iso('3-19 09:00')],
    )
    assert.deepEqual([rating?.stars, rating?.solved], [5, true])
    await portal.page.reload()
    await portal.diary(text).getByText('已办结').waitFor()
  })

  step('the timeline and both clocks are right to the minute', async () => {
    const { id, residentClock, assignments, reopenings, category: given } = await issue()
    const { rows } = {
      rows: await world.query<{ action: string; at: Date }>(
        'select action, at from issue_event where issue_id = $1 order by seq',
        [id],
      ),
    }
    const people = rows.filter(({ action }) => !['warn', 'breach', 'chase', 'rescore'].includes(action))
    assert.deepEqual(
      people.map(({ action, at }) => [action, at.toISOString()]),
      [
        ['forward', '3-02 09:00'],
        ['triage', '3-02 10:00'],
        ['dispatch', '3-02 10:00'],
        ['requestReturn', '3-02 11:00'],
        ['approveReturn', '3-02 14:00'],
        ['dispatch', '3-02 14:00'],
        ['accept', '3-03 09:00'],
        ['acceptAssist', '3-03 09:00'],
        ['answerAssist', '3-03 15:00'],
        ['requestExtension', '3-04 09:00'],
        ['approveExtension', '3-04 10:00'],
        ['answer', '3-16 10:00'],
        ['approveAnswer', '3-16 11:00'],
        ['rateUnsolved', '3-16 15:00'],
        ['escalate', '3-17 09:00'],
        ['conclude', '3-17 14:00'],
        ['dispatch', '3-17 15:00'],
        ['accept', '3-18 09:00'],
        ['answer', '3-18 16:00'],
        ['approveAnswer', '3-18 17:00'],
        ['rate', '3-19 09:00'],
      ].map(([action, when]) => [action, iso(when!)]),
    )
    const working = (from: string, days: number) =>
      new Date(addWorkingDays(at(from).getTime(), days, chineseCalendar)).toISOString()
    // the resident clock: from the diary on, never reset, over the reopening to the last answer
    assert.equal(residentClock.startedAt, iso('3-02 09:00'))
    assert.equal(residentClock.dueAt, working('3-02 09:00', given!.days))
    assert.equal(residentClock.stoppedAt, iso('3-18 17:00'))
    assert.equal(reopenings, 1)
    // unit clocks: from each dispatch; only the approved extension moved one
    const [returned, extended, assist, last] = assignments
    assert.equal(returned!.dueAt, working('3-02 10:00', given!.days))
    assert.equal(returned!.acceptDueAt, working('3-02 10:00', 1))
    assert.equal(returned!.endedAt, iso('3-02 14:00'))
    assert.deepEqual([extended!.dispatchedAt, extended!.dueAt], [iso('3-02 14:00'), iso('3-13 23:59')])
    assert.equal(extended!.endedAt, iso('3-16 10:00'))
    assert.equal(assist!.dueAt, working('3-02 14:00', given!.days * 0.6))
    assert.equal(assist!.endedAt, iso('3-03 15:00'))
    assert.equal(last!.dueAt, working('3-17 15:00', given!.days))
    assert.ok(assignments.every(({ pausedMs }) => pausedMs === 0))
    const breaches = rows.filter(({ action }) => action === 'breach')
    assert.ok(breaches.length >= 2, 'of the unit and of the resident')
  })
})
