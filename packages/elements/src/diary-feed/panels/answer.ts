import type { Diary } from '@minqing/core'
import type { FeedController } from '../controller.ts'

/** Reads the accepted answer of a help diary, and draws the card again when it is there. */
export async function readAnswer(controller: FeedController, diary: Diary): Promise<void> {
  const { answers } = controller
  const id = diary.acceptedAnswer!
  try {
    const { comments } = await controller.client()
    for await (const comment of comments.list({ diaryId: diary.id })) {
      if (comment.id !== id) continue
      answers.set(id, comment)
      controller.host.redraw(diary.id)
      return
    }
  } catch {
    // Forgotten, so that the next drawing of the card tries again.
    answers.delete(id)
  }
}
