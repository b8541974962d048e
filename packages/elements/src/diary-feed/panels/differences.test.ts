import { expect } from '@open-wc/testing'
import { differences } from './differences.ts'

describe('differences of two versions', () => {
  it('shows the replaced stretch between what stayed', () => {
    expect(differences('屋顶漏水，已上报', '屋顶漏水，已修好')).to.eql([
      { text: '屋顶漏水，已' },
      { text: '上报', change: 'taken' },
      { text: '修好', change: 'added' },
    ])
  })

  it('finds nothing between equal texts, and all between strange ones', () => {
    expect(differences('一样', '一样')).to.eql([{ text: '一样' }])
    expect(differences('甲', '乙')).to.eql([
      { text: '甲', change: 'taken' },
      { text: '乙', change: 'added' },
    ])
    expect(differences('', '新')).to.eql([{ text: '新', change: 'added' }])
  })

  it('does not count a repeated end twice, nor split characters of two units', () => {
    expect(differences('哈哈', '哈哈哈')).to.eql([{ text: '哈哈' }, { text: '哈', change: 'added' }])
    expect(differences('👍', '👎')).to.eql([
      { text: '👍', change: 'taken' },
      { text: '👎', change: 'added' },
    ])
  })
})
