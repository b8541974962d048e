import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plainReceipt, receiptPattern, shownReceipt } from './rules.ts'

const accepts = (typed: string) => new RegExp(receiptPattern).test(typed)

describe('[R2] a receipt', () => {
  test('is the same with or without hyphens, in either case', () => {
    const shown = '7KQ2-M0XA-P3D8-ZW5H'
    for (const typed of [shown, '7kq2-m0xa-p3d8-zw5h', '7KQ2M0XAP3D8ZW5H', '7kq2M0XA-p3d8ZW5h']) {
      assert.ok(accepts(typed), typed)
      assert.equal(plainReceipt(typed), '7KQ2M0XAP3D8ZW5H')
      assert.equal(shownReceipt(typed), shown)
    }
  })

  test('has sixteen letters and digits, none of them alike', () => {
    for (const typed of ['', '7KQ2-M0XA-P3D8', '7KQ2-M0XA-P3D8-ZW5HH', '7KQ2--M0XA-P3D8-ZW5H']) {
      assert.ok(!accepts(typed), typed)
    }
    for (const letter of 'ILOUilou') assert.ok(!accepts(`${letter}KQ2-M0XA-P3D8-ZW5H`), letter)
  })
})
