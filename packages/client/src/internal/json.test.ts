import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonCopy, toJson } from './json.ts'

const data = {
  text: '带"引号"、\\ 与\n换行 👵',
  visited: ['周阿婆', '吴 "二"'],
  nested: { lists: [[1, 2], []], none: undefined, nil: null, at: new Date('2026-03-08T00:00:00Z') },
}
const expected =
  '{"text":"带\\"引号\\"、\\\\ 与\\n换行 👵","visited":["周阿婆","吴 \\"二\\""],"nested":{"lists":[[1,2],[]],"nil":null,"at":"2026-03-08T00:00:00.000Z"}}'

test('plain data becomes the JSON that JSON.stringify gives', () => {
  assert.equal(toJson(data), expected)
  assert.equal(JSON.stringify(data), expected)
})

test('lists stay lists on a page where all lists have a toJSON and more', () => {
  const own = JSON.stringify
  const page = Array.prototype as unknown as Record<string, unknown>
  try {
    page['toJSON'] = function (this: unknown[]) {
      return `[${this.map((one) => own(one)).join(', ')}]`
    }
    page['each'] = () => undefined
    JSON.stringify = ((value: unknown) => own(value)) as typeof JSON.stringify
    assert.notEqual(JSON.stringify(data), expected, 'the page does what it is said to do')
    assert.equal(toJson(data), expected)
    assert.deepEqual(jsonCopy({ visited: data.visited }), { visited: data.visited })
  } finally {
    JSON.stringify = own
    delete page['toJSON']
    delete page['each']
  }
})
