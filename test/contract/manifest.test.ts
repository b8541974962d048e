import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyze, type Declaration, type Described } from '../../scripts/build/manifest.ts'

const { modules } = await analyze()
const widgets = modules.flatMap(({ declarations = [] }) => declarations)

/** A scope shows nothing and tells nothing: it has no events, parts or colors. */
const listsOf = ({ tagName }: Declaration) =>
  tagName === 'mq-scope' ? (['members', 'attributes', 'slots'] as const) : lists
const lists = ['members', 'attributes', 'events', 'cssParts', 'cssProperties', 'slots'] as const
const isDescribed = ({ name, description }: Described) => name !== undefined && Boolean(description?.trim())

test('the manifest knows the widgets', () => {
  assert.deepEqual(widgets.map(({ tagName }) => tagName).sort(), [
    'mq-diary-composer',
    'mq-diary-feed',
    'mq-inbox',
    'mq-issue-report',
    'mq-issue-status',
    'mq-issue-tracker',
    'mq-scope',
  ])
})

for (const widget of widgets) {
  test(`<${widget.tagName}> is described: itself and all that a page may use`, () => {
    assert.ok(widget.description, 'what it is')
    for (const list of listsOf(widget)) {
      const all: Described[] = widget[list] ?? []
      assert.ok(all.length > 0, `${list} are there`)
      assert.deepEqual(
        all.filter((one) => !isDescribed(one)).map(({ name }) => name),
        [],
        `${list} without description`,
      )
    }
  })

  test(`<${widget.tagName}> says of nothing that it is there when it is not`, () => {
    const looks = [...(widget.attributes ?? []), ...(widget.cssProperties ?? [])].map(({ name }) => name)
    const isWidget = widget.tagName !== 'mq-scope'
    for (const name of ['elder', 'theme', '--mq-accent', '--mq-danger'])
      assert.equal(looks.includes(name), isWidget, name)
  })

  test(`<${widget.tagName}> tells the types of its properties and events`, () => {
    const fields = widget.members?.filter(({ kind }) => kind === 'field') ?? []
    assert.deepEqual(
      fields.filter(({ type }) => !type?.text).map(({ name }) => name),
      [],
    )
    assert.deepEqual(
      (widget.events ?? []).filter(({ type }) => !type?.text).map(({ name }) => name),
      [],
    )
  })

  test(`<${widget.tagName}> shows nothing of its inside`, () => {
    const hidden = (declaration: Declaration) =>
      (declaration.members ?? []).filter(({ privacy, name }) => privacy || name.startsWith('_'))
    assert.deepEqual(
      hidden(widget).map(({ name }) => name),
      [],
    )
  })
}
