import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { hazardWords, vulnerableWords } from './priority-words.ts'
import { priorityLevelOf, priorityOf, priorityWeights, type PriorityFacts } from './priority.ts'
import { issueKinds, priorityLevels } from './words.ts'

const facts = (more: Partial<PriorityFacts> = {}): PriorityFacts => ({
  text: '村口路灯不亮',
  category: null,
  similarOpen: 0,
  waitingWorkingDays: 0,
  reopenings: 0,
  ...more,
})
const wordsOf = (text: string, rule: 'hazard' | 'vulnerable' = 'hazard') =>
  priorityOf(facts({ text })).reasons.find((reason) => reason.rule === rule)?.detail ?? ''

describe('[I13] the priority score', () => {
  it('is a sum that tells every part of itself', () => {
    const score = priorityOf({
      text: '独居老人家里漏电，多次反映',
      category: { name: '水电气 / 用电', kind: 'help' },
      similarOpen: 2,
      waitingWorkingDays: 3.9,
      reopenings: 1,
    })
    assert.deepEqual(score, {
      score: 79,
      level: 'urgent',
      reasons: [
        { rule: 'hazard', points: 35, detail: '漏电' },
        { rule: 'category', points: 15, detail: '求助' },
        { rule: 'vulnerable', points: 10, detail: '独居老人' },
        { rule: 'reopened', points: 10, detail: '1' },
        { rule: 'similar', points: 6, detail: '2' },
        { rule: 'waiting', points: 3, detail: '3' },
      ],
    })
  })

  it('is nothing without a reason', () => {
    assert.deepEqual(priorityOf(facts()), { score: 0, level: 'low', reasons: [] })
  })

  it('makes what may kill urgent by itself', () => {
    for (const text of [
      '有人触电',
      '厨房煤气泄漏',
      '房屋坍塌',
      '山上塌方了',
      '隔壁火灾',
      '小河有人溺水',
      '老人走失',
    ]) {
      assert.equal(priorityOf(facts({ text })).level, 'urgent', text)
    }
  })

  it('counts a word once, the longest that stands there, and further words a fifth', () => {
    assert.equal(wordsOf('煤气泄漏！煤气泄漏！'), '煤气泄漏')
    assert.equal(priorityOf(facts({ text: '起火了，有人被困' })).score, 60)
    assert.equal(wordsOf('家里有空巢老人', 'vulnerable'), '空巢老人')
  })

  it('takes what is known of the persons besides the text', () => {
    const { reasons } = priorityOf(facts({ text: '低保户家停水', vulnerable: ['低保户', '残疾'] }))
    assert.deepEqual(
      reasons.find(({ rule }) => rule === 'vulnerable'),
      { rule: 'vulnerable', points: 15, detail: '低保户、残疾' },
    )
  })

  it('gives categories of safety more', () => {
    const of = (name: string) => priorityOf(facts({ category: { name, kind: 'complaint' } })).reasons[0]!
    assert.equal(of('公共安全 / 消防').points - of('城乡建设 / 路灯').points, 10)
    assert.equal(of('公共安全 / 消防').detail, '投诉、公共安全 / 消防')
  })

  it('does not count what is said not to be so', () => {
    for (const text of [
      '检查后没有漏电',
      '没发现煤气泄漏',
      '未发生火灾',
      '没有人触电',
      '无人员被困',
      '不存在漏电现象',
      '这不是火灾',
      '漏电隐患已排除',
      '停水已恢复',
      '参加火灾演练',
      '宣传预防煤气中毒',
    ]) {
      assert.equal(wordsOf(text), '', text)
    }
    assert.equal(wordsOf('他家不是低保，也没有孩子', 'vulnerable'), '')
  })

  it('counts what only looks like a negation', () => {
    for (const [text, word] of [
      ['没有人处理漏电', '漏电'],
      ['不断漏电', '漏电'],
      ['没有路灯，漏电', '漏电'],
      ['有没有漏电请看看', '漏电'],
      ['会不会停水', '停水'],
      ['前天没有漏电，今天漏电了', '漏电'],
      ['无法忍受天天停电', '停电'],
    ] as const) {
      assert.equal(wordsOf(text), word, text)
    }
  })

  it('knows full-width text, and words without doubles', () => {
    const all = hazardWords.flatMap(({ words }) => words)
    assert.equal(new Set(all).size, all.length)
    assert.equal(new Set(vulnerableWords).size, vulnerableWords.length)
    for (const word of all) assert.equal(wordsOf(`我家${word}，请来`), word)
    for (const word of vulnerableWords) assert.equal(wordsOf(`他家${word}，请来`, 'vulnerable'), word)
  })

  const anyFacts: fc.Arbitrary<PriorityFacts> = fc.record({
    text: fc
      .array(fc.constantFrom('漏电', '火灾', '没有', '老人', '低保', '停水', '，', '路灯', '已恢复', '孕妇'))
      .map((words) => words.join('')),
    category: fc.option(
      fc.record({ name: fc.constantFrom('公共安全', '城乡建设'), kind: fc.constantFrom(...issueKinds) }),
      { nil: null },
    ),
    similarOpen: fc.nat(100),
    waitingWorkingDays: fc.double({ min: 0, max: 400, noNaN: true }),
    reopenings: fc.nat(12),
  })

  it('never passes a part’s bound, nor a hundred, and is the sum of its parts', () => {
    fc.assert(
      fc.property(anyFacts, (one) => {
        const { score, level, reasons } = priorityOf(one)
        const sum = reasons.reduce((total, { points }) => total + points, 0)
        assert.equal(score, Math.min(100, sum))
        assert.equal(level, priorityLevelOf(score))
        for (const { rule, points, detail } of reasons) {
          assert.ok(points > 0 && points <= priorityWeights[rule].most && detail !== '', rule)
          assert.ok(Number.isInteger(points))
        }
      }),
    )
  })

  it('never falls because somebody waits longer, asks again, or more ask', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(20), (one, more) => {
        const { score } = priorityOf(one)
        for (const name of ['similarOpen', 'waitingWorkingDays', 'reopenings'] as const) {
          assert.ok(priorityOf({ ...one, [name]: one[name] + more }).score >= score, name)
        }
      }),
    )
  })

  it('has a level for every score, in their order', () => {
    const levels = Array.from({ length: 101 }, (_, score) => priorityLevels.indexOf(priorityLevelOf(score)))
    assert.deepEqual(
      levels,
      [...levels].sort((one, other) => other - one),
    )
    assert.equal(new Set(levels).size, priorityLevels.length)
  })
})
