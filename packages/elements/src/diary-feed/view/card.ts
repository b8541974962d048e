import type { Comment, Diary, DiaryIssue, Photo } from '@minqing/core'
import { html, nothing, type TemplateResult } from 'lit'
import { stateName } from '../../internal/issue-words.ts'
import { kindNames } from '../../internal/kinds.ts'
import { msg, str } from '../../internal/localize.ts'
import { piecesOf } from './text.ts'
import { absolute, relative } from '../../internal/time.ts'

/** What a card shows besides its diary. */
export interface CardContext {
  now: Date
  /** Searched words, folded. */
  words: readonly string[]
  /** About how many Chinese characters a line holds. */
  perLine: number
  own: boolean
  expanded: boolean
  /** Whether the caller has marked it as useful. */
  marked: boolean
  /** Whether the caller may mark it. */
  mayMark: boolean
  /** The issue that the diary has become. */
  issue?: DiaryIssue | undefined
  /** Whether the caller may make one of it. */
  mayForward: boolean
  /** The accepted answer, once it was read. */
  answer?: Comment | undefined
}

const linesShown = 6

/** Whether the text takes more lines than a card shows at first; guessed, since measuring would cost a layout. */
const isLong = (text: string, perLine: number): boolean =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0) >
  linesShown + 1

const body = (text: string, words: readonly string[]) =>
  piecesOf(text, words).map(({ text, tag, hit }) => {
    const shown = hit ? html`<mark>${text}</mark>` : text
    return tag ? html`<button class="tag" part="tag" data-do="tag" data-tag=${tag}>${shown}</button>` : shown
  })

// The empty drawing has the photo's proportions and so keeps its room; CSS alone cannot before Chromium 88.
const photo = ({ id, width, height }: Photo, index: number, total: number) =>
  html`<button
    class="photo"
    part="photo"
    data-do="photo"
    data-index=${index}
    aria-label=${msg(str`查看照片 ${index + 1}，共 ${total} 张`, { id: 'feed.photo' })}
  >
    <svg
      class="room"
      viewBox=${total === 1 ? `0 0 ${width} ${Math.min(height, width * 1.5)}` : '0 0 1 1'}
    ></svg
    ><img data-photo=${id} alt="" decoding="async" />
  </button>`

function answer({ answer: given }: CardContext): TemplateResult {
  const said = given ? msg(str`${given.author.name}：${given.text}`, { id: 'common.colon' }) : '…'
  return html`<div class="answer" part="answer">
    <strong>${msg('已采纳的回答', { id: 'feed.answer' })}</strong>
    <p>${said}</p>
  </div>`
}

const action = (name: string, text: unknown, pressed?: boolean, title?: string) =>
  html`<button
    class="button quiet"
    part="action"
    data-do=${name}
    aria-pressed=${pressed ?? nothing}
    aria-label=${title ?? nothing}
  >
    ${text}
  </button>`

/** Where the diary's issue stands, or the way to make one of it. */
const forward = ({ issue, mayForward }: CardContext) => {
  if (!issue) return mayForward ? action('forward', msg('转为事项', { id: 'forward.begin' })) : nothing
  const state = stateName(issue.state)
  return html`<button
    class="button quiet issue"
    part="issue"
    data-do="issue"
    data-state=${issue.state}
    aria-label=${msg(str`事项 ${issue.number}：${state}`, { id: 'forward.badge.label' })}
  >
    ${msg(str`事项：${state}`, { id: 'forward.badge' })}
  </button>`
}

const actions = (diary: Diary, context: CardContext) => {
  const { own, marked, mayMark } = context
  return html`<footer>
    ${
      own || !mayMark
        ? html`<span class="small"
            >${msg(str`${diary.usefulCount} 人觉得有用`, { id: 'feed.usefulCount' })}</span
          >`
        : action('useful', msg(str`有用 ${diary.usefulCount}`, { id: 'feed.useful' }), marked)
    }
    ${action('comments', msg(str`评论 ${diary.commentCount}`, { id: 'feed.comments' }))} ${forward(context)}
    ${
      own
        ? [
            action('edit', msg('修改', { id: 'feed.edit' })),
            action('remove', msg('删除', { id: 'feed.remove' })),
          ]
        : nothing
    }
  </footer>`
}

const kind = ({ kind, acceptedAnswer }: Diary) =>
  html`<span class="kind" part="kind" data-kind=${kind}
    >${kindNames().find(([word]) => word === kind)![1]}${
      kind === 'help'
        ? acceptedAnswer
          ? html` · ${msg('已解决', { id: 'feed.solved' })}`
          : html` · ${msg('待解答', { id: 'feed.unsolved' })}`
        : nothing
    }</span
  >`

/** One diary. Everything a person wrote gets in as text, never as markup. */
export function card(diary: Diary, context: CardContext): TemplateResult {
  const { id, author, area, text, photos, visited, place, writtenAt, createdAt, editedAt } = diary
  const at = new Date(writtenAt)
  const long = isLong(text, context.perLine)
  const times = msg(str`写于 ${absolute(at)}，${absolute(new Date(createdAt))} 送达`, { id: 'feed.times' })
  return html`<header>
      <span class="face" aria-hidden="true">${[...author.name][0]}</span>
      <div class="who">
        <h3 id=${`by-${id}`}>
          <button class="author" part="author" data-do="author">${author.name}</button>
          ${author.title ? html`<span class="small">${author.title}</span>` : nothing}
        </h3>
        <p class="small">
          <time id=${`at-${id}`} datetime=${writtenAt} title=${times}>${relative(at, context.now)}</time> ·
          ${area.name}
          ${
            editedAt === createdAt
              ? nothing
              : html`·
                  <button class="edited" data-do="history">${msg('已修改', { id: 'feed.edited' })}</button>`
          }
        </p>
      </div>
      ${kind(diary)}
    </header>
    <p class=${long && !context.expanded ? 'text clamp' : 'text'} part="text" id=${`text-${id}`}>
      <span>${body(text, context.words)}</span>
    </p>
    ${
      long
        ? html`<button
            class="more"
            data-do="expand"
            aria-expanded=${context.expanded}
            aria-controls=${`text-${id}`}
          >
            ${context.expanded ? msg('收起', { id: 'feed.collapse' }) : msg('展开全文', { id: 'feed.expand' })}
          </button>`
        : nothing
    }
    ${
      photos.length
        ? html`<div class="photos" part="photos" data-count=${photos.length}>
            ${photos.map((one, index) => photo(one, index, photos.length))}
          </div>`
        : nothing
    }
    ${visited.length ? html`<p class="small">${msg(str`走访：${visited.join('、')}`, { id: 'feed.visited' })}</p>` : nothing}
    ${place?.name ? html`<p class="small">${msg(str`地点：${place.name}`, { id: 'feed.place' })}</p>` : nothing}
    ${diary.acceptedAnswer ? answer(context) : nothing} ${actions(diary, context)}
    <div class="panels"></div>`
}
