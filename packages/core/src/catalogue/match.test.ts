import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createMatcher, type WordSource } from './match.ts'

const source = (code: string, name: string, words: string): WordSource => ({
  code,
  name,
  words: words.split(' ').filter(Boolean),
})
const matcher = createMatcher([
  source('01', '城乡建设', '市政'),
  source('0101', '市政设施', '公共设施'),
  source('010101', '路灯', '灯*不亮 灯杆 照明'),
  source('010102', '井盖', '窨井'),
  source('11', '水电气', ''),
  source('1101', '供水', '自来水'),
  source('110101', '停水', '断水 没水'),
  source('110103', '水质', '水*发黄 锈水'),
  source('110104', '水管破损', '水管 漏水'),
  source('10', '公共安全', '消防水管 安全'),
])
const best = (text: string) => matcher.match(text)[0]
const words = (text: string, code: string) =>
  matcher.match(text).find((match) => match.code === code)?.words ?? []

describe('words of the catalogue', () => {
  it('[I16] say which category a text speaks of, and which words said so', () => {
    assert.deepEqual(
      [best('村口路灯坏了，灯杆也歪了')!.code, words('村口路灯坏了，灯杆也歪了', '010101')],
      ['010101', ['路灯', '灯杆']],
    )
    assert.equal(best('家里没水两天了')!.code, '110101')
    assert.deepEqual(matcher.match(''), [])
    assert.deepEqual(matcher.match('。。。！'), [])
  })

  it('count as the longest where one lies within another', () => {
    assert.equal(best('楼道的消防水管生锈')!.code, '10')
    assert.deepEqual(words('楼道的消防水管生锈', '110104'), [])
    assert.deepEqual(words('消防水管旁边的水管', '110104'), ['水管'])
  })

  it('may have parts, which follow each other within one sentence', () => {
    assert.deepEqual(words('这几天放出来的水总是发黄', '110103'), ['水*发黄'])
    assert.deepEqual(words('水停了。墙壁发黄', '110103'), [])
    assert.deepEqual(words('发黄的水', '110103'), [])
    assert.deepEqual(words(`水${'的'.repeat(11)}发黄`, '110103'), [])
  })

  it('do not count where they are denied', () => {
    assert.deepEqual(words('不是停水，是水管漏水', '110101'), [])
    assert.deepEqual(words('并非因为停水', '110101'), [])
    assert.deepEqual(words('不是停水，是水管漏水', '110104'), ['水管', '漏水'])
    assert.deepEqual(words('没有路灯', '010101'), ['路灯'])
  })

  it('weigh more the fewer categories have them, and the more of them there are', () => {
    const shared = createMatcher([
      source('01', '甲', '常见 稀有'),
      source('02', '乙', '常见'),
      source('03', '丙', '常见'),
    ])
    const [first, second] = shared.match('常见的和稀有的')
    assert.equal(first!.code, '01')
    assert.ok(first!.score > 2 * second!.score)
    assert.equal(shared.match('常见')[0]!.score, shared.match('常见')[2]!.score)
  })

  it('leave traces: a part of a word counts a little, and is named apart', () => {
    const match = best('灯下有杆')!
    assert.equal(match.code, '010101')
    assert.deepEqual(match.words, [])
    assert.deepEqual([...match.traces].sort(), ['杆', '灯'])
    assert.ok(match.score < best('灯杆')!.score / 2)
  })

  it('of a category speak a little for those below that have words of their own', () => {
    const alone = best('停水')!
    const more = best('自来水，停水')!
    assert.equal(more.code, '110101')
    assert.ok(more.score > alone.score && more.score < 2 * alone.score)
  })

  it('are looked for in long texts without delay', () => {
    const began = performance.now()
    matcher.match('水灯路井消防'.repeat(2000))
    assert.ok(performance.now() - began < 2000)
  })
})
