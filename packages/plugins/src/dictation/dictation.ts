import { definePlugin, type Dictate, type Dictation, type DictationEnd } from '@minqing/elements/plugins'
import type { Recognition, RecognitionConstructor, RecognitionResultEvent } from './recognition.ts'

export type { Recognition, RecognitionConstructor, RecognitionResultEvent } from './recognition.ts'

export interface DictationOptions {
  /**
   * What recognizes speech; the browser's own unless told. That one sends what it hears to its vendor's servers, and
   * does not work in a closed network.
   */
  recognition?: RecognitionConstructor
  /** Language of what is spoken; that of the widget's question unless told. */
  language?: string
  /**
   * Whether one session goes on over pauses. True unless told, but for Android, whose browsers then say everything
   * twice: there a new session follows the one before.
   */
  continuous?: boolean
}

declare module '@minqing/elements/plugins' {
  interface MinqingPlugins {
    dictation: DictationOptions | undefined
  }
}

const ends: Record<string, DictationEnd | undefined> = {
  aborted: 'stopped',
  'audio-capture': 'refused',
  'not-allowed': 'refused',
  'service-not-allowed': 'refused',
  network: 'network',
  'no-speech': 'silence',
}

/** Tells the words of an event: each final part by itself, and together what is not certain yet. */
function tell(
  { results, resultIndex }: RecognitionResultEvent,
  heard: (words: string, isFinal: boolean) => void,
) {
  let uncertain = ''
  for (let n = resultIndex; n < results.length; n++) {
    const { isFinal, 0: best } = results[n]!
    if (!best) continue
    if (isFinal) heard(best.transcript, true)
    else uncertain += best.transcript
  }
  if (uncertain) heard(uncertain, false)
}

function listen(recognition: Recognition, heard: (words: string, isFinal: boolean) => void): Dictation {
  let isStopped = false
  let hasHeard = false
  /** In this session; a dictation may be several. */
  let isHeard = false
  let failure: DictationEnd | undefined
  const ended = new Promise<DictationEnd>((resolve) => {
    const end = () => {
      recognition.onresult = recognition.onerror = recognition.onend = null
      const hasFailed = failure !== undefined && failure !== 'silence'
      resolve(hasFailed ? failure! : hasHeard || isStopped ? 'stopped' : 'silence')
    }
    recognition.onresult = (event) => {
      hasHeard = isHeard = true
      tell(event, heard)
    }
    recognition.onerror = ({ error }) => (failure ??= ends[error] ?? 'failed')
    recognition.onend = () => {
      // Pauses end a session; who has spoken in it goes on speaking.
      if (isStopped || failure || !isHeard) return end()
      isHeard = false
      try {
        recognition.start()
      } catch {
        end()
      }
    }
  })
  recognition.start()
  const stop = () => {
    isStopped = true
    recognition.stop()
  }
  return { stop, ended }
}

/** Speech to text by the Web Speech API, or an engine of its shape. On only where a page names it. */
export const dictation = definePlugin<'dictation', DictationOptions | undefined>({
  name: 'dictation',
  setup({ offer, signal, warn }, options = {}) {
    const page = globalThis as Partial<
      Record<'SpeechRecognition' | 'webkitSpeechRecognition', RecognitionConstructor>
    >
    const Engine = options.recognition ?? page.SpeechRecognition ?? page.webkitSpeechRecognition
    if (!Engine) return warn('this browser recognizes no speech, and no other engine was given.')
    const android = typeof navigator !== 'undefined' && /Android/.test(navigator.userAgent)
    let last: { stop(): void } | undefined
    const dictate: Dictate = ({ language, heard }) => {
      // A device has one microphone.
      last?.stop()
      const recognition = new Engine()
      recognition.lang = options.language ?? language
      recognition.continuous = options.continuous ?? !android
      recognition.interimResults = true
      return (last = listen(recognition, heard))
    }
    signal.addEventListener('abort', () => last?.stop())
    offer('dictate', dictate)
  },
})
