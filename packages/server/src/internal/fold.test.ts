import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fold, gramsOf, likePattern, searchTerms, searchVector, wordsOf } from './fold.ts'

test('[S1] compatibility forms, case and final sigma do not matter', () => {
  assert.equal(fold('ＡＢＣ①ﬁ'), 'abc1fi')
  assert.equal(fold('ΟΔΟΣ'), fold('οδοσ'))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(fold(fold(text)), fold(text))),
  )
})

test('[S2] every pair and every last character of a run is a gram', () => {
  assert.deepEqual([...gramsOf('自来水, ok')], ['自来', '来水', '水,', ',', 'ok', 'k'])
})

test('[S2] the terms of any piece of a text are among its lexemes', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'水来自村口路灯aB1٣𠮷, \n%_\\\'"#é') })
  fc.assert(
    fc.property(letters, fc.nat(), fc.nat(), (text, from, length) => {
      const folded = fold(text)
      const points = [...folded]
      const piece = points
        .slice(from % (points.length + 1))
        .slice(0, length % 9)
        .join('')
      const lexemes = [...gramsOf(folded)]
      for (const term of wordsOf(piece).flatMap((word) => searchTerms([word]))) {
        const bare = term
          .replace(/^'|'(:\*)?$/g, '')
          .replaceAll("''", "'")
          .replaceAll('\\\\', '\\')
        assert.ok(
          term.endsWith(':*') ? lexemes.some((lexeme) => lexeme.startsWith(bare)) : lexemes.includes(bare),
        )
      }
    }),
  )
})

test('a pattern takes %, _ and \\ literally, and a term its quotes', () => {
  assert.equal(likePattern('50%_\\'), '%50\\%\\_\\\\%')
  assert.deepEqual(searchTerms([], "a'b\\"), ["'#a''b\\\\'"])
  assert.equal(searchVector('水', ['A', 'a']), "'水' '#a' ")
})
