import { adoptStyles, type CSSResult, type CSSResultOrNative } from 'lit'

const adopted = new WeakMap<ShadowRoot, Set<CSSResult>>()

/** Adds the styles of a part that was loaded later to a widget's shadow root, once. */
export function addStyles(host: { renderRoot: HTMLElement | DocumentFragment }, styles: CSSResult): void {
  const root = host.renderRoot as ShadowRoot
  const known = adopted.get(root) ?? new Set()
  if (known.has(styles)) return
  adopted.set(root, known.add(styles))
  const before: CSSResultOrNative[] = [...(root.adoptedStyleSheets ?? [])]
  adoptStyles(root, [...before, styles])
}
