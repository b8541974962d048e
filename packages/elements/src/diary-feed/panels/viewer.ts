import type { Diary } from '@minqing/core'
import { msg, str } from '../../internal/localize.ts'
import { openPhotos } from '../../internal/photo-viewer.ts'
import type { FeedBody } from '../body.ts'

/** Opens the photos of a diary at one of them. */
export function openViewer(feed: FeedBody, diary: Diary, index: number): void {
  const { name } = diary.author
  const show = {
    photos: diary.photos,
    name: msg(str`${name}的照片`, { id: 'feed.photosOf' }),
    alt: (at: number) => msg(str`${name}的日记照片，第 ${at + 1} 张`, { id: 'feed.photoAlt' }),
    client: feed.controller.client,
  }
  openPhotos(feed.renderRoot, show, index)
}
