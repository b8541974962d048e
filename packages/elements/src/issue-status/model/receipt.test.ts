import { expect } from '@open-wc/testing'
import { isReceipt, typedReceipt } from './receipt.ts'

describe('a receipt number as people type it', () => {
  for (const typed of [
    '7KQ2-M0XA-P3D8-ZW51',
    '7kq2m0xap3d8zw51',
    ' 7kq2 m0xa p3d8 zw51 ',
    '７ＫＱ２－Ｍ０ＸＡ－Ｐ３Ｄ８－ＺＷ５１',
    '7KQ2–MOXA—P3D8.ZW5l',
  ]) {
    it(`is ${typed}`, () => {
      expect(typedReceipt(typed)).to.equal('7KQ2M0XAP3D8ZW51')
      expect(isReceipt(typedReceipt(typed))).to.equal(true)
    })
  }

  for (const typed of ['', '330683-20261124-00012', '7KQ2-M0XA-P3D8', '7KQ2-M0XA-P3D8-ZW5U']) {
    it(`is not “${typed}”`, () => expect(isReceipt(typedReceipt(typed))).to.equal(false))
  }
})
