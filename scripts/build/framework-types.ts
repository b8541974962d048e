import type { Described } from './manifest.ts'
import type { Widget } from './widgets.ts'

const doc = (text: string | undefined, indent: string): string =>
  text ? `${indent}/** ${text.replaceAll('*/', '*\\/').replace(/\s*\n\s*/g, ' ')} */\n` : ''

const head = (lines: string[]) => [...lines, '', ''].join('\n')

function eventTypes(widgets: readonly Widget[]): string[] {
  const names = widgets.flatMap(({ events }) => events.map(({ type }) => type?.text ?? 'Event'))
  return [...new Set(names)].filter((name) => name !== 'Event').sort()
}

const slotsNote = (slots: readonly Described[]) =>
  slots.length ? ` Slots: ${slots.map(({ name }) => `\`${name}\``).join(', ')}.` : ''

/** The properties of a widget: types come from its class, so that none is said twice. */
function fieldsOf({ className, fields }: Widget): string {
  const lines = fields.flatMap(({ name, attribute, description }) => {
    const type = `${className}['${name}']`
    const line = (key: string) => `${doc(description, '  ')}  ${key}?: ${type}\n`
    return attribute && attribute !== name ? [line(`'${attribute}'`), line(name)] : [line(name)]
  })
  return lines.join('')
}

/** `widgets.d.ts`: what the frameworks' files have in common. */
export function widgetsFile(widgets: readonly Widget[]): string {
  const classes = [...widgets.map(({ className }) => className), ...eventTypes(widgets)]
  let text = head([
    `import type {\n${classes.map((name) => `  ${name},`).join('\n')}\n} from '@minqing/elements'`,
  ])
  for (const widget of widgets) {
    const { className, events } = widget
    text += `/** Attributes as HTML spells them, and properties. */\nexport interface ${className}Fields {\n${fieldsOf(widget)}}\n\n`
    const lines = events.map(
      ({ name, type, description }) => `${doc(description, '  ')}  '${name}': ${type?.text ?? 'Event'}\n`,
    )
    text += `export interface ${className}Events {\n${lines.join('')}}\n\n`
  }
  const rows = widgets.map(
    ({ tag, className, description, slots }) =>
      `${doc(description + slotsNote(slots), '  ')}  '${tag}': { element: ${className}; fields: ${className}Fields; events: ${className}Events }\n`,
  )
  return `${text}/** All widgets by tag. */\nexport interface Widgets {\n${rows.join('')}}\n`
}

/** One entry for each widget, with its description where the editor shows it. */
const entries = (widgets: readonly Widget[], type: string, indent: string) =>
  widgets
    .map(
      ({ tag, description, slots }) =>
        `${doc(description + slotsNote(slots), indent)}${indent}'${tag}': ${type}<'${tag}'>\n`,
    )
    .join('')

export const reactFile = (
  widgets: readonly Widget[],
): string => `import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { Widgets } from './widgets.js'

/** React listens to a widget's event under \`on\` and its name: \`onmq-diary-sent\`. */
type Handlers<Events> = { [Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined }
type Html<Element> = DetailedHTMLProps<HTMLAttributes<Element>, Element>

/** What a widget takes in JSX. */
export type WidgetProps<Tag extends keyof Widgets> = Omit<
  Html<Widgets[Tag]['element']>,
  keyof Widgets[Tag]['fields']
> &
  Widgets[Tag]['fields'] &
  Handlers<Widgets[Tag]['events']>

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${entries(widgets, 'WidgetProps', '      ')}    }
  }
}
`

export const vueFile = (
  widgets: readonly Widget[],
): string => `import type { HTMLAttributes, PublicProps } from 'vue'
import type { Widgets } from './widgets.js'

type Pascal<Name extends string> = Name extends \`\${infer Head}-\${infer Rest}\`
  ? \`\${Capitalize<Head>}\${Pascal<Rest>}\`
  : Capitalize<Name>
/** \`@mq-diary-sent\` in a template is the property \`onMqDiarySent\`. */
type Handlers<Events> = {
  [Name in keyof Events & string as \`on\${Pascal<Name>}\`]?: ((event: Events[Name]) => void) | undefined
}

/** What a widget takes in a template. */
export type WidgetProps<Tag extends keyof Widgets> = Omit<HTMLAttributes, keyof Widgets[Tag]['fields']> &
  PublicProps &
  Widgets[Tag]['fields'] &
  Handlers<Widgets[Tag]['events']>

export type Widget<Tag extends keyof Widgets> = new () => Widgets[Tag]['element'] & {
  /** Only for the template's types: no such property exists when the page runs. */
  $props: WidgetProps<Tag>
  /** Only for the template's types. */
  $emit: <Name extends keyof Widgets[Tag]['events']>(name: Name, event: Widgets[Tag]['events'][Name]) => void
}

declare module 'vue' {
  interface GlobalComponents {
${entries(widgets, 'Widget', '    ')}  }
}
`

export const svelteFile = (
  widgets: readonly Widget[],
): string => `import type { HTMLAttributes } from 'svelte/elements'
import type { Widgets } from './widgets.js'

type Handler<Event> = ((event: Event) => void) | undefined | null
/** \`onmq-diary-sent={…}\` of Svelte 5, and \`on:mq-diary-sent={…}\` of Svelte 4. */
type Handlers<Events> = { [Name in keyof Events & string as \`on\${Name}\`]?: Handler<Events[Name]> } & {
  [Name in keyof Events & string as \`on:\${Name}\`]?: Handler<Events[Name]>
}

/** What a widget takes in a template. */
export type WidgetProps<Tag extends keyof Widgets> = Omit<
  HTMLAttributes<Widgets[Tag]['element']>,
  keyof Widgets[Tag]['fields']
> &
  Widgets[Tag]['fields'] &
  Handlers<Widgets[Tag]['events']>

// The table that Svelte's own \`svelteHTML.IntrinsicElements\` is made from.
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${entries(widgets, 'WidgetProps', '    ')}  }
}
`
