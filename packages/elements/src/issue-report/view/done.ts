import { shownReceipt, type Report } from '@minqing/core/wire'
import { html, nothing, type TemplateResult } from 'lit'
import { msg } from '../../internal/localize.ts'
import type { ReportBody } from '../body.ts'

/** Puts a text on the clipboard; old browsers and plain http pages only know the second way. */
async function copy(text: string, shown: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const selection = getSelection()
    selection?.selectAllChildren(shown)
    return document.execCommand('copy')
  }
}

/** What the resident takes along, and where the report stands. */
export function doneView(body: ReportBody, report: Report): TemplateResult {
  const { element } = body
  const receipt = shownReceipt(report.receipt)
  const onCopy = async (event: Event) => {
    const number = (event.currentTarget as HTMLElement)
      .closest('.receipt')!
      .querySelector<HTMLElement>('strong')!
    const copied = await copy(receipt, number)
    body.say(
      copied
        ? msg('编号已复制', { id: 'report.copied' })
        : msg('没能复制，请手动抄下编号', { id: 'report.copy.failed' }),
    )
  }
  const link = element.statusUrl?.replace('{receipt}', encodeURIComponent(receipt))
  return html`<h2 class="done" tabindex="-1">${msg('已收到您的反映', { id: 'report.done' })}</h2>
    <div class="receipt" part="receipt">
      <p>${msg('受理编号', { id: 'reports.receipt' })}</p>
      <strong>${receipt}</strong>
      <p class="row tools">
        <button type="button" class="button quiet" @click=${onCopy}>
          ${msg('复制编号', { id: 'report.copy' })}
        </button>
        <button type="button" class="button quiet" @click=${() => print()}>
          ${msg('打印', { id: 'report.print' })}
        </button>
        ${
          link
            ? html`<a class="button quiet" href=${link}>${msg('查询页面', { id: 'report.link' })}</a>`
            : nothing
        }
      </p>
    </div>
    <p class="keep">
      ${msg('请记下编号：凭它随时可以查看进度、评价结果、要求重办。知道编号的人都能看到这件事，请不要告诉无关的人。', { id: 'report.keep' })}
    </p>
    <mq-issue-status
      .report=${report}
      .baseUrl=${element.baseUrl}
      .tokenUrl=${element.tokenUrl}
      .theme=${element.theme}
      ?elder=${element.elder}
    ></mq-issue-status>
    <p class="tools">
      <button type="button" class="button quiet" @click=${body.anew}>
        ${msg('再反映一件事', { id: 'report.anew' })}
      </button>
    </p>`
}
