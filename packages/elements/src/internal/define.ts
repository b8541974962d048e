/**
 * Registers a widget. A second copy on the page (another version, an npm build beside the CDN's) is told, once, and
 * left out: the first one goes on working.
 */
export function define(tag: string, widget: CustomElementConstructor): void {
  const earlier = customElements.get(tag) as (CustomElementConstructor & { version?: string }) | undefined
  if (!earlier) customElements.define(tag, widget)
  else if (earlier !== widget) {
    import('./twice.ts').then(
      ({ tellTwice }) => tellTwice(tag, earlier.version),
      () => undefined,
    )
  }
}
