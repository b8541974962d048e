import type { Recognition, RecognitionConstructor } from './recognition.ts'

export interface FakeRecognition {
  /** To be given to the plugin. */
  readonly recognition: RecognitionConstructor
  /** The session that listens now. */
  readonly current: Recognition | undefined
  /** How often a session was started. */
  readonly starts: number
  /** Words as they are being recognized; certain ones are final. */
  speaks(words: string, isFinal?: boolean): void
  /** A session fails, as with `not-allowed`, `network` or `no-speech`, and ends. */
  fails(error: string): void
  /** A session ends by itself, as after a pause. */
  pauses(): void
}

/** An engine to test pages with: it hears what the test says, in events as Chromium sends them. */
export function fakeRecognition(): FakeRecognition {
  let current: Session | undefined
  let starts = 0

  const listens = (session: Session) => (current = session)

  class Session implements Recognition {
    lang = ''
    continuous = false
    interimResults = false
    onresult: Recognition['onresult'] = null
    onerror: Recognition['onerror'] = null
    onend: Recognition['onend'] = null
    results: { isFinal: boolean; transcript: string }[] = []

    start(): void {
      if (current) throw new DOMException('recognition has already started.', 'InvalidStateError')
      this.results = []
      starts++
      listens(this)
    }

    stop(): void {
      if (current !== this) return
      const last = this.results[this.results.length - 1]
      // What was not certain becomes so.
      if (last && !last.isFinal) this.hear(last.transcript, true)
      this.end()
    }

    abort(): void {
      if (current !== this) return
      this.onerror?.({ error: 'aborted' })
      this.end()
    }

    hear(transcript: string, isFinal: boolean): void {
      const { results } = this
      const isNew = !results.length || results[results.length - 1]!.isFinal
      const resultIndex = isNew ? results.length : results.length - 1
      results[resultIndex] = { transcript, isFinal }
      const list = results.map((one) =>
        Object.assign([{ transcript: one.transcript }], { isFinal: one.isFinal }),
      )
      this.onresult?.({ resultIndex, results: list })
    }

    end(): void {
      current = undefined
      this.onend?.()
    }
  }

  const now = (): Session => {
    if (!current) throw new Error('Nobody listens.')
    return current
  }
  return {
    recognition: Session,
    get current() {
      return current
    },
    get starts() {
      return starts
    },
    speaks: (words, isFinal = false) => now().hear(words, isFinal),
    fails(error) {
      now().onerror?.({ error })
      now().end()
    },
    pauses: () => now().end(),
  }
}
