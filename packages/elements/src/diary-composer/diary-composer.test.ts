import { expect, fixtureCleanup } from '@open-wc/testing'
import { configure } from '../configure.ts'
import { ime, sendKeys } from '../testing/commands.ts'
import { Line, composerOf, forgetPeople, next, parts, type } from '../testing/composer.ts'
import { clientOf, officer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import type { MqDiaryQueuedEvent, MqDiarySentEvent } from './diary-composer.events.ts'
import type { MqDiaryComposer } from './diary-composer.ts'

const village = '330683100201'

/** Whether the alert offers another try. */
const mayRetry = (composer: MqDiaryComposer) =>
  Boolean(parts(composer).button('重试')?.getClientRects().length)

describe('<mq-diary-composer>', () => {
  afterEach(() => {
    fixtureCleanup()
    configure({ elder: false })
  })

  it('publishes what was written, once, and clears the form', async () => {
    const person = officer()
    const composer = await composerOf(person)
    const { one, press, text, status } = parts(composer)
    await type(composer, '走访了三户 #垃圾分类 #环境整治')
    expect(one('.tags')?.textContent?.trim()).to.equal('#垃圾分类 #环境整治')
    one('input[value=on], .kinds label:nth-of-type(4) input')?.click()
    const queued = next<MqDiaryQueuedEvent>(composer, 'mq-diary-queued')
    const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    await press('发布')
    const { entry } = await queued
    const { id, diary } = await sent
    expect(id).to.equal(entry.id)
    expect(diary?.kind).to.equal('idea')
    expect(text.value).to.equal('')
    await until(() => status() === '已发布')
    const seen = await (await clientOf(officer())).diaries.get({ id })
    expect(seen.text).to.equal('走访了三户 #垃圾分类 #环境整治')
    expect(seen.author.id).to.equal(person.sub)
    expect(seen.area.code).to.equal(village)
    expect(seen.tags).to.deep.equal(['垃圾分类', '环境整治'])
  })

  it('says what is missing and keeps the rest', async () => {
    const composer = await composerOf(officer())
    const { press, status, one } = parts(composer)
    await press('发布')
    await until(() => status() === '请先写下内容')
    await type(composer, '字'.repeat(4600))
    expect(one('.under')?.textContent).to.contain('还可以写 400 字')
    await type(composer, '字'.repeat(5003))
    expect(one('.over-limit')?.textContent).to.contain('超出 3 字')
    expect(await composer.publish()).to.equal(false)
    expect(parts(composer).text.value).to.have.length(5003)
  })

  it('submits by Ctrl+Enter, and never while an input method composes', async () => {
    const composer = await composerOf(officer())
    const { text } = parts(composer)
    let submits = 0
    composer.renderRoot.addEventListener('submit', () => submits++)
    composer.addEventListener('mq-diary-queued', () => submits++)
    composer.focus()
    await ime({ text: 'zoufang' })
    expect(submits).to.equal(0)
    await ime({ commit: '走访' })
    await sendKeys({ press: 'Enter' })
    await sendKeys({ type: 'a' })
    expect(text.value).to.equal('走访\na')
    expect(submits).to.equal(0)
    const queued = next(composer, 'mq-diary-queued')
    await sendKeys({ down: 'Control' })
    await sendKeys({ press: 'Enter' })
    await sendKeys({ up: 'Control' })
    await queued
  })

  it('takes who was visited as chips; the Enter of an input method makes none', async () => {
    const composer = await composerOf(officer())
    const { press, one, button, status } = parts(composer)
    await press('走访对象')
    const input = await until(() => one<HTMLInputElement>('#visited'))
    await until(() => composer.shadowRoot?.activeElement === input)
    await ime({ text: 'wang' })
    expect(composer.draft.visited).to.deep.equal([])
    await ime({ commit: '王大爷' })
    await sendKeys({ press: 'Enter' })
    await sendKeys({ type: '李婶、张叔，李婶' })
    await sendKeys({ press: 'Tab' })
    await until(() => composer.draft.visited.length === 3)
    expect(composer.draft.visited).to.deep.equal(['王大爷', '李婶', '张叔'])
    button('移除 李婶')?.click()
    await until(() => status().startsWith('已移除 李婶'))
    await press('撤销')
    expect(composer.draft.visited).to.deep.equal(['王大爷', '李婶', '张叔'])
  })

  it('lets the person choose among their areas', async () => {
    const grants = ['330683100201', '330683102201'].map((area) => ({ role: 'villageOfficer' as const, area }))
    const composer = await composerOf(officer('', { grants }))
    const { one } = parts(composer)
    const select = await until(() => one<HTMLSelectElement>('select'))
    expect(select.options).to.have.length(2)
    select.value = '330683102201'
    select.dispatchEvent(new Event('change'))
    await type(composer, '在另一个村')
    const sent = next<MqDiarySentEvent>(composer, 'mq-diary-sent')
    void composer.publish()
    expect((await sent).diary?.area.code).to.equal('330683102201')
  })

  it('writes into the own areas within the one that the page names', async () => {
    const composer = await composerOf(officer(village), { area: '330683' })
    expect(composer.flow?.area).to.equal(village)
    const grid = await composerOf(officer(village), { area: `${village}001` })
    expect(grid.flow?.area).to.equal(`${village}001`)
  })

  it('says so when nobody is signed in, may not write, or may not write here; what was typed stays', async () => {
    const nobody = await composerOf(officer('', { grants: [] }), { ready: false })
    await type(nobody, '先写着')
    await until(() => parts(nobody).alert().includes('请先登录'))
    expect(mayRetry(nobody)).to.equal(true)
    expect(await nobody.publish()).to.equal(false)
    expect(parts(nobody).text.value).to.equal('先写着')
    const auditor = officer('', { grants: [{ role: 'auditor', area: '330683' }] })
    const reader = await composerOf(auditor, { ready: false })
    await until(() => parts(reader).alert().includes('没有写日记的权限'))
    expect(mayRetry(reader)).to.equal(false)
    const stranger = await composerOf(officer(village), { area: '330683102', ready: false })
    await until(() => parts(stranger).alert().includes('您不能在此区域写日记'))
    expect(mayRetry(stranger)).to.equal(false)
  })

  for (const elder of [false, true]) {
    for (const areas of [[village], [village, '330683102201']]) {
      it(`does not move when the ${areas.length === 1 ? 'area' : 'choice of areas'} comes${elder ? ', for elders' : ''}`, async () => {
        configure({ elder })
        await forgetPeople()
        const line = new Line()
        line.isCut = true
        const grants = areas.map((area) => ({ role: 'villageOfficer' as const, area }))
        const composer = await composerOf(officer('', { grants }), { line, ready: false })
        const { one } = parts(composer)
        const top = () => one('.bar')!.offsetTop
        const atFirst = top()
        await until(() => parts(composer).alert().includes('网络不可用'))
        expect(top()).to.equal(atFirst)
        line.isCut = false
        dispatchEvent(new Event('online'))
        await until(() => one('.where p, .where select'))
        expect(one('.where')!.textContent).to.contain('村')
        expect(top()).to.equal(atFirst)
      })
    }
  }

  it('goes on by itself when the line comes back at the start', async () => {
    await forgetPeople()
    const line = new Line()
    line.isCut = true
    const composer = await composerOf(officer(), { line, ready: false })
    await type(composer, '山里没有信号')
    await until(() => parts(composer).alert().includes('网络不可用'))
    line.isCut = false
    dispatchEvent(new Event('online'))
    await until(() => composer.flow)
    expect(parts(composer).alert()).to.equal('')
    expect(parts(composer).text.value).to.equal('山里没有信号')
  })
})
