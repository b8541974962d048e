import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { receiptHash, Receipts } from './receipt.ts'

describe('[R2] receipts', () => {
  const key = new Uint8Array(randomBytes(32))
  const receipts = new Receipts(key)
  const report = { county: '330683', id: randomUUID() }

  it('follow from the report and the key, and from nothing less', () => {
    assert.equal(new Receipts(key).of(report), receipts.of(report))
    assert.notEqual(new Receipts(new Uint8Array(randomBytes(32))).of(report), receipts.of(report))
    assert.notEqual(receipts.of({ ...report, county: '330681' }), receipts.of(report))
    assert.notEqual(receipts.of({ ...report, id: randomUUID() }), receipts.of(report))
  })

  it('use every letter at every place', () => {
    const seen = Array.from({ length: 16 }, () => new Set<string>())
    for (let at = 0; at < 2000; at++) {
      const plain = receipts.of({ county: '330683', id: randomUUID() }).replaceAll('-', '')
      assert.equal(plain.length, 16)
      for (const [place, letter] of [...plain].entries()) seen[place]!.add(letter)
    }
    for (const letters of seen) assert.equal(letters.size, 32)
  })

  it('are found by a hash that typing does not change', () => {
    const shown = receipts.of(report)
    assert.deepEqual(receiptHash(shown.toLowerCase().replaceAll('-', '')), receiptHash(shown))
  })
})
