import { html, nothing, render, type ReactiveController, type TemplateResult } from 'lit'
import type { Dictation as Listening, DictationEnd } from '../../internal/dictation/dictate.ts'
import { addStyles } from '../../internal/lazy-styles.ts'
import { msg } from '../../internal/localize.ts'
import { service } from '../../internal/services.ts'
import type { ComposerHost } from '../panels/panel.ts'
import { dictationStyles } from './dictation.styles.ts'
import { Writer } from './writer.ts'

const microphoneIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
  <rect x="9" y="3" width="6" height="11" rx="3" />
  <path d="M5 11a7 7 0 0 0 14 0M12 18v3" />
</svg>`

/** What the person is told when listening ended by itself. */
const sentence = (end: DictationEnd): string | undefined =>
  ({
    stopped: undefined,
    refused: msg('没有使用麦克风的权限，请在系统或浏览器设置里允许', { id: 'dictation.refused' }),
    network: msg('语音识别连不上，请改用键盘输入', { id: 'dictation.network' }),
    silence: msg('没有听到声音，请再试一次', { id: 'dictation.silence' }),
    failed: msg('语音识别出错，请改用键盘输入', { id: 'dictation.failed' }),
  })[end]

/**
 * The button that writes down what is spoken, and the line with the words that are not certain yet. Both stand in the
 * form's shadow root beside what its template has there, which leaves them alone.
 */
export class Dictation implements ReactiveController {
  private readonly form: ComposerHost
  private readonly button = document.createElement('span')
  private readonly line = document.createElement('div')
  private readonly writer: Writer
  private listening: Listening | undefined
  /** Spoken, and not certain yet. */
  private words = ''

  constructor(form: ComposerHost) {
    this.form = form
    addStyles(form, dictationStyles)
    const field = form.renderRoot.querySelector('textarea')!
    this.writer = new Writer(field, this.button)
    field.after(this.line)
    form.renderRoot.querySelector('.publish')!.before(this.button)
    form.addController(this)
    this.draw()
  }

  /** What is being handed over is not written into any more. */
  hostUpdated(): void {
    if (this.form.publishing) this.stop()
    // What came meanwhile is not lost.
    else this.writer.write('')
    this.draw()
  }

  hostDisconnected(): void {
    this.stop()
  }

  remove(): void {
    this.stop()
    this.writer.end()
    this.form.removeController(this)
    this.button.remove()
    this.line.remove()
  }

  private stop(): void {
    this.listening?.stop()
  }

  private readonly toggle = () => {
    if (this.listening) this.stop()
    else void this.listen()
  }

  private async listen(): Promise<void> {
    let end: DictationEnd
    try {
      // One language for now: the dialects of an engine are the plugin's to name.
      this.listening = service('dictate')!({ language: 'zh-CN', heard: this.heard })
      this.draw()
      end = await this.listening.ended
    } catch (error) {
      console.warn('minqing: what writes down speech could not start', error)
      end = 'failed'
    }
    this.listening = undefined
    this.words = ''
    const text = sentence(end)
    if (text) this.form.say(text, { bad: true })
    this.draw()
  }

  private readonly heard = (words: string, isFinal: boolean) => {
    this.words = isFinal ? '' : words
    if (isFinal) this.writer.write(words)
    this.draw()
  }

  private draw(): void {
    const isOn = !!this.listening
    render(this.buttonView(isOn), this.button)
    render(isOn ? this.lineView() : nothing, this.line)
  }

  private buttonView(isOn: boolean): TemplateResult {
    // The caret stays in the text while the button is pressed.
    return html`<button
      type="button"
      class="button quiet speak"
      aria-pressed=${isOn}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${this.toggle}
    >
      ${microphoneIcon}${msg('口述', { id: 'dictation.button' })}
    </button>`
  }

  private lineView(): TemplateResult {
    return html`<p class="heard">
      ${microphoneIcon}<span>${this.words || msg('正在听，请说话…', { id: 'dictation.listening' })}</span>
    </p>`
  }
}
