/**
 * The entry for pages whose templates cannot have `type="module"`: a script as in 2010 that takes the same attributes
 * and loads the same files. Executed again after `minqing.destroy()` it starts again.
 */
;((script) => {
  import('./start.ts').then(
    ({ begin }) => begin(script ? script.dataset : {}),
    (error: unknown) => console.warn('minqing: the loader could not be loaded', error),
  )
})(document.currentScript as HTMLScriptElement | null)
