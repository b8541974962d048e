import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import fc from 'fast-check'
import {
  capabilities,
  can,
  reachOf,
  roles,
  scopeOf,
  type Capability,
  type Grant,
  type Role,
} from './policy.ts'

/** The whole policy once more, as a person would read it aloud: A this area, T its town, C its county. */
const expected: Record<Role, string> = {
  //                area.read diary.read create edit delete comment acceptAnswer markUseful photo.upload
  gridWorker: '        C         T         A     T    T      T        T            T          A',
  villageOfficer: '    C         C         A     C    C      C        C            C          A',
  enterpriseLiaison: ' C         C         A     C    C      C        C            C          A',
  dispatcher: '        C         C         -     -    -      C        -            C          -',
  handler: '           C         C         -     -    -      C        -            C          -',
  leader: '            C         A         A     A    A      A        A            A          A',
  expert: '            C         C         -     -    -      C        -            C          -',
  enterpriseContact: ' -         -         -     -    -      -        -            -          -',
  resident: '          -         -         -     -    -      -        -            -          -',
  auditor: '           A         A         -     -    -      -        -            -          -',
  administrator: '     A         A         -     -    -      -        -            -          -',
  system: '            A         A         A     -    -      -        -            -          A',
}
const letters = { area: 'A', town: 'T', county: 'C' } as const

describe('the policy table', () => {
  it('gives every role exactly what it is meant to', () => {
    for (const role of roles) {
      const row = capabilities.map((capability) => letters[reachOf(role, capability)!] ?? '-')
      assert.deepEqual(row, expected[role].trim().split(/\s+/), role)
      for (const capability of capabilities) {
        assert.equal(can(role, capability), reachOf(role, capability) !== undefined)
      }
    }
  })

  it('lets nobody write who cannot read', () => {
    for (const role of roles) {
      if (capabilities.some((capability) => can(role, capability))) assert.ok(can(role, 'diary.read'), role)
    }
  })
})

test('no change of a diary reaches further than reading it', () => {
  const breadth = { area: 0, town: 1, county: 2 } as const
  for (const role of roles) {
    for (const capability of capabilities.filter((one) => one.startsWith('diary.') && can(role, one))) {
      assert.ok(
        breadth[reachOf(role, capability)!] <= breadth[reachOf(role, 'diary.read')!],
        `${role} ${capability}`,
      )
    }
  }
})

const grant = (role: Role, area: string): Grant => ({ role, area })

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
