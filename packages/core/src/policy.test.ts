import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import fc from 'fast-check'
import {
  accessOf,
  capabilities,
  can,
  opens,
  reachOf,
  roles,
  scopeOf,
  type Capability,
  type Grant,
  type Role,
} from './policy.ts'

/**
 * The whole policy once more, as a person would read it aloud: A this area, T its town, C its county, U what its unit
 * has a part in, O one's own. Columns in the order of `capabilities`, by feature.
 */
const expected: Record<Role, string[]> = {
  gridWorker: [
    // area.read | diary.read create edit delete comment acceptAnswer markUseful | photo.upload
    'C | T A T T T T T | A',
    // issue.read create | triage dispatch handle review | rate reopen | remind supervise escalate consult | merge contact
    'A A | - - - - | O O | - - - - | - -',
    // report.create read | catalogue.read edit | inbox.read
    '- - | C - | O',
  ],
  villageOfficer: ['C | C A C C C C C | A', 'A A | - - - - | O O | - - - - | - -', '- - | C - | O'],
  enterpriseLiaison: ['C | C A C C C C C | A', 'A A | - - - - | O O | - - - - | - -', '- - | C - | O'],
  dispatcher: ['C | C - - - C - C | A', 'A A | A A - A | O A | A - A - | A A', '- - | C - | A'],
  handler: ['C | C - - - C - C | A', 'U - | - - U - | - - | - - - - | - U', '- - | C - | U'],
  leader: ['C | A A A A A A A | A', 'A A | - - - - | O A | A A A A | - -', '- - | C - | A'],
  expert: ['C | C - - - C - C | -', '- - | - - - - | - - | - - - - | - -', '- - | - - | -'],
  enterpriseContact: ['- | - - - - - - - | -', '- - | - - - - | - - | - - - - | - -', '- - | - - | -'],
  resident: ['A | - - - - - - - | A', '- - | - - - - | - - | - - - - | - -', 'A O | - - | O'],
  auditor: ['A | A - - - - - - | -', 'A - | - - - - | - - | - - - - | - -', '- - | C - | -'],
  administrator: ['A | A - - - - - - | -', 'A - | - - - - | - - | - - - - | - -', '- - | C A | -'],
  system: ['A | A A - - - - - | A', 'A A | - - - - | - - | - - - - | - -', '- - | C - | -'],
}
const grant = (role: Role, area: string): Grant => ({ role, area })
const letters = { area: 'A', town: 'T', county: 'C', unit: 'U', own: 'O' } as const
const letterOf = (role: Role, capability: Capability): string => {
  const reach = reachOf(role, capability)
  return reach ? letters[reach] : '-'
}

describe('the policy table', () => {
  it('gives every role exactly what it is meant to', () => {
    for (const role of roles) {
      const row = capabilities.map((capability) => letterOf(role, capability))
      assert.deepEqual(row, expected[role].join(' ').match(/[A-Z-]/g), role)
      for (const capability of capabilities) {
        assert.equal(can(role, capability), reachOf(role, capability) !== undefined)
      }
    }
  })

  it('lets nobody change what they cannot read', () => {
    const readers = [
      ['diary.', 'diary.read'],
      ['issue.', 'issue.read'],
      ['catalogue.', 'catalogue.read'],
    ] as const
    for (const role of roles) {
      for (const [feature, reading] of readers) {
        const holds = capabilities.some((one) => one.startsWith(feature) && can(role, one))
        assert.equal(holds, can(role, reading), `${role} ${reading}`)
      }
    }
  })

  it('shows residents nothing of officers: they report with photos, and follow up their own reports', () => {
    const held = capabilities.filter((capability) => can('resident', capability))
    assert.deepEqual(held, ['area.read', 'photo.upload', 'report.create', 'report.read', 'inbox.read'])
    for (const role of roles) assert.equal(can(role, 'report.create'), role === 'resident', role)
  })
})

test('no change of a diary or an issue reaches further than reading it', () => {
  const breadth = { own: 0, unit: 0, area: 1, town: 2, county: 3 } as const
  for (const role of roles) {
    for (const capability of capabilities.filter((one) => can(role, one))) {
      const [feature] = capability.split('.')
      const reading = feature === 'diary' || feature === 'issue' ? (`${feature}.read` as const) : capability
      assert.ok(
        breadth[reachOf(role, capability)!] <= breadth[reachOf(role, reading)!],
        `${role} ${capability}`,
      )
    }
  }
})

describe('[I2] an access', () => {
  const handler = (unit: string, area = '330683'): Grant => ({ role: 'handler', area, unit })

  it('names the units by county, each once', () => {
    const grants = [handler('jianshe', '330683100'), handler('jianshe'), handler('shuiwu', '330604')]
    assert.deepEqual(accessOf(grants, 'issue.handle'), {
      areas: [],
      units: ['330604/shuiwu', '330683/jianshe'],
      own: false,
    })
  })

  it('needs a unit that can be one, within a county', () => {
    const none = [handler('a,b'), handler(''), handler('x'.repeat(65)), handler('jianshe', '3306')]
    const withoutUnit: Grant = { role: 'handler', area: '330683' }
    assert.deepEqual(accessOf([...none, withoutUnit], 'issue.handle').units, [])
    assert.ok(!opens(accessOf([...none, withoutUnit], 'issue.handle')))
  })

  it('opens one’s own for what reporters do, and for nothing else', () => {
    const dispatcher: Grant = { role: 'dispatcher', area: '330683100' }
    const own = capabilities.filter((capability) => accessOf([dispatcher], capability).own)
    assert.deepEqual(own, ['issue.read', 'issue.create', 'issue.rate', 'issue.reopen', 'inbox.read'])
    assert.deepEqual(
      capabilities.filter((capability) => accessOf([grant('resident', '330683')], capability).own),
      ['report.read', 'inbox.read'],
    )
  })
})

describe('a scope', () => {
  it('reaches from the granted area as far as the table says', () => {
    const grid = [grant('gridWorker', '330683100201001')]
    assert.deepEqual(scopeOf(grid, 'area.read'), ['330683'])
    assert.deepEqual(scopeOf(grid, 'diary.read'), ['330683100'])
    assert.deepEqual(scopeOf(grid, 'diary.create'), ['330683100201001'])
  })

  it('keeps a granted area that is larger than the reach', () => {
    assert.deepEqual(scopeOf([grant('gridWorker', '330683')], 'diary.read'), ['330683'])
    assert.deepEqual(scopeOf([grant('villageOfficer', '33')], 'diary.read'), ['33'])
  })

  it('joins grants, without what lies inside another and without duplicates', () => {
    const grants = [
      grant('auditor', '330683100201'),
      grant('auditor', '330604'),
      grant('administrator', '330683100'),
      grant('auditor', '330604'),
    ]
    assert.deepEqual(scopeOf(grants, 'diary.read'), ['330604', '330683100'])
  })

  it('is empty when no grant allows it', () => {
    assert.deepEqual(scopeOf([grant('resident', '330683'), grant('auditor', '330683')], 'diary.create'), [])
    assert.deepEqual(scopeOf([], 'area.read'), [])
  })

  const lengths = [2, 4, 6, 9, 12, 15, 17]
  const area = fc
    .tuple(
      fc.constantFrom(...lengths),
      fc.constantFrom('33068310020100101', '33060410020100101', '33068310120200203'),
    )
    .map(([length, code]) => code.slice(0, length))
  const anyGrant = fc.record({ role: fc.constantFrom(...roles), area })
  const capability = fc.constantFrom<Capability>(...capabilities)

  it('covers a code exactly when one of the grants does, by its own reach', () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 6 }), capability, area, (grants, wanted, code) => {
        const single = grants.some((one) => scopeOf([one], wanted).some((prefix) => code.startsWith(prefix)))
        const joined = scopeOf(grants, wanted).some((prefix) => code.startsWith(prefix))
        assert.equal(joined, single)
      }),
    )
  })

  it('never holds an area inside another', () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 6 }), capability, (grants, wanted) => {
        const scope = scopeOf(grants, wanted)
        for (const one of scope) {
          assert.ok(!scope.some((other) => other !== one && one.startsWith(other)))
        }
        assert.equal(new Set(scope).size, scope.length)
      }),
    )
  })
})
