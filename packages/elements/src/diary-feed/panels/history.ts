import type { DiaryRevision } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import { define } from '../../internal/define.ts'
import { msg, str } from '../../internal/localize.ts'
import { sentenceOf } from '../../internal/problem-text.ts'
import { absolute } from '../../internal/time.ts'
import { differences } from './differences.ts'
import { FeedPanel } from './panel.ts'

/**
 * What a diary said before it was edited, newest first, each with what changed from the state before.
 *
 * @internal
 */
export class MqDiaryHistory extends FeedPanel {
  @state() private revisions?: DiaryRevision[]
  @state() private problem?: unknown

  override connectedCallback(): void {
    super.connectedCallback()
    void this.read()
  }

  private async read(): Promise<void> {
    this.problem = undefined
    try {
      const { diaries } = await this.controller.client()
      this.revisions = (await diaries.revisions({ id: this.diary.id })).items
    } catch (problem) {
      this.problem = problem
    }
  }

  private one({ version, at, text }: DiaryRevision, before: string | undefined): TemplateResult {
    const pieces = differences(before ?? text, text)
    return html`<li class="comment">
      <p class="small">${msg(str`第 ${version} 版 · ${absolute(new Date(at))}`, { id: 'feed.version' })}</p>
      <p class="said">
        ${pieces.map(({ text, change }) =>
          change === 'added'
            ? html`<ins>${text}</ins>`
            : change === 'taken'
              ? html`<del>${text}</del>`
              : text,
        )}
      </p>
    </li>`
  }

  protected override render(): TemplateResult {
    const { revisions = [], problem } = this
    const { pages } = this.controller.source
    const { version, text, kind, visited, place, photos, editedAt } =
      pages.at(pages.indexOf(this.diary.id)) ?? this.diary
    const now: DiaryRevision = { version, text, kind, visited, place, photos, at: editedAt }
    const all = [now, ...revisions.filter((revision) => revision.version < version)]
    return html`<div class="row">
        <h4>${msg('修改记录', { id: 'feed.history' })}</h4>
        <button class="button quiet" @click=${this.leave}>${msg('收起', { id: 'feed.collapse' })}</button>
      </div>
      ${problem ? html`<p class="note bad" role="status">${sentenceOf(problem)}</p>` : nothing}
      ${
        this.revisions
          ? html`<ol>
              ${all.map((revision, index) => this.one(revision, all[index + 1]?.text))}
            </ol>`
          : problem
            ? nothing
            : html`<p class="small">${msg('正在加载…', { id: 'feed.loading' })}</p>`
      }`
  }
}

define('mq-diary-history', MqDiaryHistory)
