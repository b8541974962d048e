/** Where the command speaks to a person. */
export interface Say {
  line(text: string): void
  /** A long work: a counter that rewrites its line in a terminal, and one line at the end elsewhere. */
  progress(title: string): { update(done: number, total: number): void; end(): void }
}

const count = new Intl.NumberFormat('en')

/** Speaks on standard output. */
export function sayTo(stream: NodeJS.WriteStream): Say {
  const line = (text: string) => void stream.write(`${text}\n`)
  const progress = (title: string) => {
    let last = ''
    let shownAt = -Infinity
    const update = (done: number, total: number) => {
      last = `${title}: ${count.format(done)} of ${count.format(total)}`
      if (!stream.isTTY || (performance.now() - shownAt < 100 && done < total)) return
      shownAt = performance.now()
      stream.write(`\r${last}`)
    }
    const end = () => {
      if (last) stream.write(stream.isTTY ? `\r${last}\n` : `${last}\n`)
    }
    return { update, end }
  }
  return { line, progress }
}
