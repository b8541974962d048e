import type { Names } from './names.ts'

const component = ({ tag, file, className }: Names) => `import { html } from 'lit'
import { property } from 'lit/decorators.js'
import { MqElement } from '../internal/element.ts'
import { msg } from '../internal/localize.ts'
import { ${className}PressEvent } from './${file}.events.ts'
import { styles } from './${file}.styles.ts'

/**
 * What it shows, for whom, and what a host has to know.
 *
 * @summary One line for lists of widgets
 * @tag ${tag}
 *
 * @event {${className}PressEvent} ${tag}-press - A person pressed the button; \`label\` is what stood on it
 *
 * @csspart button - The button
 *
 * @slot - What stands above the button
 */
export class ${className} extends MqElement {
  static override styles = [MqElement.styles, styles]

  /** Text of the button. */
  @property() label = ''

  private readonly press = () => {
    this.dispatchEvent(new ${className}PressEvent(this.label))
  }

  override render() {
    return html\`<slot></slot>
      <button class="button" part="button" @click=\${this.press}>
        \${this.label || msg('重试', { id: 'common.retry' })}
      </button>\`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${className}
  }
}
`

const styles = () => `import { css } from 'lit'

export const styles = css\`
  :host {
    display: block;
  }
\`
`

const events = ({ tag, className }: Names) => `/** A person pressed the button. */
export class ${className}PressEvent extends Event {
  readonly label: string
  constructor(label: string) {
    super('${tag}-press', { bubbles: true, composed: true })
    this.label = label
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    '${tag}-press': ${className}PressEvent
  }
}
`

const testFile = ({
  tag,
  file,
  className,
}: Names) => `import { expect, fixture, html } from '@open-wc/testing'
import '../define/${tag}.ts'
import type { ${className} } from './${file}.ts'
import type { ${className}PressEvent } from './${file}.events.ts'

describe('<${tag}>', () => {
  it('tells the host when its button is pressed', async () => {
    const element = await fixture<${className}>(html\`<${tag} label="走访"></${tag}>\`)
    const pressed = new Promise<${className}PressEvent>((resolve) => element.addEventListener('${tag}-press', resolve))
    element.shadowRoot?.querySelector('button')?.click()
    expect((await pressed).label).to.equal('走访')
  })

  it('has no accessibility faults', async () => {
    const element = await fixture<${className}>(html\`<${tag} label="走访"></${tag}>\`)
    await expect(element).to.be.accessible()
  })
})
`

const define = ({ tag, file, className }: Names) => `import { define } from '../internal/define.ts'
import { ${className} } from '../${file}/${file}.ts'

export { ${className} }

define('${tag}', ${className})
`

const page = ({ tag }: Names) => `---
tag: ${tag}
name: ${tag}
title: '<${tag}>'
description: 一句话说明它给谁看、显示什么。
---

# \`<${tag}>\`

一段话说明它做什么。

<div class="live">
{% include 'persona.njk' %}
<${tag}></${tag}>
</div>

## 用法

\`\`\`html
<${tag}></${tag}>
\`\`\`
`

/** The files of a new component: paths from the root of the repository, and what they begin as. */
export function filesOf(names: Names): Record<string, string> {
  const folder = `packages/elements/src/${names.file}/${names.file}`
  return {
    [`${folder}.ts`]: component(names),
    [`${folder}.styles.ts`]: styles(),
    [`${folder}.events.ts`]: events(names),
    [`${folder}.test.ts`]: testFile(names),
    [`packages/elements/src/define/${names.tag}.ts`]: define(names),
    [`docs/components/${names.tag}.md`]: page(names),
  }
}

/** The lines that make it known, by the file they go into: after the last line like them. */
export function linesOf({ tag, file, className }: Names): { path: string; like: RegExp; lines: string }[] {
  const src = 'packages/elements/src'
  return [
    { path: `${src}/define/all.ts`, like: /^import '\.\/mq-.*$/gm, lines: `import './${tag}.ts'` },
    {
      path: `${src}/loader/table.ts`,
      like: /^ {2}'mq-[^']+': \(\) => import\(.*$/gm,
      lines: `  '${tag}': () => import('../define/${tag}.ts'),`,
    },
    {
      path: `${src}/index.ts`,
      like: /^export .* from '\.\/[a-z-]+\/[a-z-]+(\.events)?\.ts'$/gm,
      lines: `export { ${className} } from './${file}/${file}.ts'\nexport * from './${file}/${file}.events.ts'`,
    },
  ]
}
