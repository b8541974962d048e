import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Portal, World } from './support/world.ts'
import { startWorld } from './support/world.ts'

const unique = (text: string) => `${text} ${randomBytes(4).toString('hex')}`

describe('two colleagues at their windows', () => {
  let world: World
  let chen: Portal
  let li: Portal
  before(async () => {
    world = await startWorld()
    ;[chen, li] = await Promise.all([
      world.device().then((device) => device.open('chen')),
      world.device().then((device) => device.open('li')),
    ])
  })
  after(() => world.close())

  /** One publishes; both see it without doing anything. */
  async function published(text: string, kind = '走访'): Promise<void> {
    await chen.composer.getByLabel(kind, { exact: true }).check({ force: true })
    await chen.write(text)
    await chen.publish()
    await chen.diary(text).waitFor()
    await li.diary(text).waitFor()
  }

  test('a question is asked, answered live, and the answer accepted', async () => {
    const question = unique('水库边的香榧叶子发黄，有谁见过？')
    const advice = unique('去年我们村也有，排水以后好了')
    await published(question, '求助')
    await li.diary(question).getByText('待解答').waitFor()

    await li.button(li.diary(question), '评论 0').click()
    await li.diary(question).getByPlaceholder('写评论…').fill(advice)
    await li.button(li.diary(question), '发表').click()
    await chen.button(chen.diary(question), '评论 1').click()
    await chen.diary(question).locator('[part~="comment"]', { hasText: advice }).waitFor()

    await chen.button(chen.diary(question), '采纳为答案').click()
    await li.diary(question).getByText('已解决').waitFor()
    await li.diary(question).locator('[part~="answer"]', { hasText: advice }).waitFor()
    const [row] = await world.query<{ text: string }>(
      `select c.text from diary d join diary_comment c on c.county = d.county and c.id = d.accepted_answer
       where d.text = $1`,
      [question],
    )
    assert.equal(row?.text, advice)
  })

  test('useful: the author sees the count grow and has no button to press', async () => {
    const text = unique('推荐一个做法：先把各家电话记在门牌照片上')
    await published(text)
    const mark = li.button(li.diary(text), '有用')
    await mark.click()
    await chen.diary(text).getByText('1 人觉得有用').waitFor()
    assert.equal(await mark.getAttribute('aria-pressed'), 'true')
    assert.equal(await chen.button(chen.diary(text), '有用').count(), 0)
    await mark.click()
    await chen.diary(text).getByText('0 人觉得有用').waitFor()
  })

  test('an edit shows at once, marked as such', async () => {
    const before = unique('王大爷的药快吃完了')
    const later = unique('王大爷的药已经送到')
    await published(before)
    await chen.button(chen.diary(before), '修改').click()
    const editor = chen.feed.locator('mq-diary-editor')
    await editor.locator('textarea').first().fill(later)
    await editor.getByRole('button', { name: '保存' }).click()
    await li.diary(later).waitFor()
    await li.diary(later).getByText('已修改').waitFor()
    assert.equal(await li.diary(before).count(), 0)
  })

  test('a deletion takes it away everywhere, and its undo brings it back', async () => {
    const text = unique('写错村子了')
    await published(text)
    await chen.button(chen.diary(text), '删除').click()
    await li.diary(text).waitFor({ state: 'detached' })
    await chen.feed.getByRole('button', { name: '撤销' }).click()
    await li.diary(text).waitFor()
    await chen.diary(text).waitFor()
  })

  test('HTML in a text is text: in the diary, the comment and the names', async () => {
    const attack = `<img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script><b>${randomBytes(4).toString('hex')}</b>`
    await published(attack)
    for (const portal of [chen, li]) {
      const card = portal.diary(attack)
      assert.equal(await card.locator('[part~="text"]').innerText(), attack)
      assert.equal(await card.locator('[part~="text"] :is(img, script, b)').count(), 0)
    }
    await li.button(li.diary(attack), '评论').click()
    await li.diary(attack).getByPlaceholder('写评论…').fill(attack)
    await li.button(li.diary(attack), '发表').click()
    await li.diary(attack).locator('[part~="comment"]', { hasText: attack }).waitFor()
    assert.equal(await li.diary(attack).locator('[part~="comment"] :is(img, script, b)').count(), 0)
    assert.equal(await chen.page.title(), '部门网站')
    assert.equal(await li.page.title(), '部门网站')
  })

  test('nothing of it broke the page’s policy or any script', () => {
    assert.deepEqual(chen.complaints(), [])
    assert.deepEqual(li.complaints(), [])
  })
})
