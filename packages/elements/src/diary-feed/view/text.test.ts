import { extractTags } from '@minqing/core/wire'
import { expect } from '@open-wc/testing'
import { wordsOf } from '../model/filters.ts'
import { piecesOf } from './text.ts'

const joined = (pieces: { text: string }[]) => pieces.map(({ text }) => text).join('')
const hits = (text: string, q: string) =>
  piecesOf(text, wordsOf(q)).flatMap(({ text, hit }) => (hit ? text : []))

describe('text of a card', () => {
  it('finds the tags that core finds, and leaves the text whole', () => {
    const text = '#环境整治 今天#垃圾分类#看了 #ab_1·c，#过长的词过长的词过长的词过长的词过长的词。a#b'
    const pieces = piecesOf(text)
    expect(joined(pieces)).to.equal(text)
    expect(pieces.flatMap(({ tag }) => tag ?? [])).to.eql(extractTags(text))
  })

  it('marks searched words whatever their case or width', () => {
    expect(hits('城投CTO与ｃｔｏ开会', 'cto')).to.eql(['CTO', 'ｃｔｏ'])
    expect(hits('面积120㎡，约120m2', 'M2')).to.eql(['㎡', 'm2'])
    expect(hits('漏水、漏水', '漏水')).to.eql(['漏水', '漏水'])
    expect(hits('aaa', 'aa')).to.eql(['aaa'])
    expect(hits('没有', '雨')).to.eql([])
  })

  it('marks several words, also inside tags', () => {
    const pieces = piecesOf('去#香榧基地看香榧', wordsOf('香榧 去'))
    expect(joined(pieces)).to.equal('去#香榧基地看香榧')
    expect(pieces.filter(({ hit }) => hit).map(({ text }) => text)).to.eql(['去', '香榧', '香榧'])
    expect(pieces.filter(({ tag }) => tag).every(({ tag }) => tag === '香榧基地看香榧')).to.equal(true)
  })

  it('does not cut characters of two units', () => {
    expect(hits('👍好👍', '好')).to.eql(['好'])
    expect(joined(piecesOf('👍好👍', wordsOf('好')))).to.equal('👍好👍')
  })
})
