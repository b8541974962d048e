/** Has the browser ask before the page is left while `isLost` says that something would be lost. Gives the way to stop. */
export function guardLeaving(isLost: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (!isLost()) return
    event.preventDefault()
    // Browsers of the floor go by this alone.
    event.returnValue = ''
  }
  // Only while it is needed: with such a listener some browsers keep no page for the way back.
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}
