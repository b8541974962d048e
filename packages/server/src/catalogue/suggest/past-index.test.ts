import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gramsOf, likeness } from './grams.ts'
import { PastIndex } from './past-index.ts'

const flat = () => 1

describe('likeness of texts', () => {
  it('is 1 for the same, 0 for strangers, and does not depend on the order', () => {
    const [a, b, c] = ['村口的路灯不亮', '路灯不亮了，在村口', '猪粪流到溪里'].map(gramsOf) as [
      Set<number>,
      Set<number>,
      Set<number>,
    ]
    assert.equal(likeness(a, a, flat), 1)
    assert.equal(likeness(a, c, flat), 0)
    assert.equal(likeness(a, b, flat), likeness(b, a, flat))
    assert.ok(likeness(a, b, flat) > 0.5)
    assert.equal(likeness(new Set(), new Set(), flat), 0)
  })

  it('looks at letters only: punctuation and blanks part them', () => {
    assert.equal(gramsOf('，。！ ').size, 0)
    assert.deepEqual(gramsOf('水。管'), new Set())
    assert.equal(gramsOf('ab').size, 1)
  })
})

describe('the index of past issues', () => {
  const put = (index: PastIndex, id: string, folded: string, category = '01', unit: string | null = 'a') =>
    index.put({ id, folded, category, unit })

  it('finds the likest first and leaves out the one in question', () => {
    const index = new PastIndex()
    put(index, '1', '村口的路灯不亮，晚上看不见')
    put(index, '2', '路灯不亮')
    put(index, '3', '养猪场的臭味', '08')
    const found = index.find('村口路灯不亮', 5)
    assert.deepEqual(
      found.map(({ id }) => id),
      ['2', '1'],
    )
    assert.ok(found.every(({ likeness: how }) => how > 0 && how <= 1))
    assert.deepEqual(
      index.find('村口路灯不亮', 5, '2').map(({ id }) => id),
      ['1'],
    )
    assert.equal(index.find('村口路灯不亮', 1).length, 1)
  })

  it('knows where one went that was sent elsewhere later, and forgets what is gone', () => {
    const index = new PastIndex()
    put(index, '1', '路灯不亮', '01', null)
    put(index, '1', '路灯不亮', '0101', 'b')
    assert.equal(index.size, 1)
    const [found] = index.find('路灯不亮', 5)
    assert.deepEqual([found!.category, found!.unit], ['0101', 'b'])
    index.remove('1')
    assert.deepEqual(index.find('路灯不亮', 5), [])
    assert.equal(index.size, 0)
  })

  it('gives no weight to what stands everywhere', () => {
    const index = new PastIndex()
    for (let at = 0; at < 100; at++)
      put(index, String(at), `请尽快处理${String.fromCharCode(0x5000 + at * 2, 0x5001 + at * 2)}`)
    assert.deepEqual(index.find('请尽快处理', 5), [])
    put(index, 'x', '请尽快处理路灯')
    assert.deepEqual(
      index.find('请尽快处理路灯', 5).map(({ id }) => id),
      ['x'],
    )
  })

  it('is not confused by one question after another', () => {
    const index = new PastIndex()
    for (let at = 0; at < 2000; at++) put(index, String(at), `第${at}件事情在${at % 7}号地方`)
    const first = index.find('第77件事情在0号地方', 3)
    index.find('别的事情', 3)
    assert.deepEqual(index.find('第77件事情在0号地方', 3), first)
    assert.equal(first[0]!.id, '77')
  })
})
