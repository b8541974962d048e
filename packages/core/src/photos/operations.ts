import Type from 'typebox'
import type { Operation } from '../internal/operation.ts'
import { Uuid, oneOf, strict } from '../internal/shapes.ts'
import { photoRoutes } from './routes.ts'
import { photoSizes, type PhotoSize } from './rules.ts'
import { Photo, PhotoTicket } from './schema.ts'

export const photoOperations = {
  get: {
    route: photoRoutes.get,
    summary: ['读取一张照片的尺寸', 'Read the size of a photo'],
    capability: 'diary.read',
    params: strict({ id: Uuid }),
    success: { status: 200, schema: Photo },
    errors: ['not_found'],
  },
  own: {
    route: photoRoutes.own,
    summary: [
      '查看自己上传的照片是否已处理完成',
      "See whether one's own upload is ready; also for those who read no diaries",
    ],
    capability: 'photo.upload',
    params: strict({ id: Uuid }),
    success: { status: 200, schema: Photo },
    errors: ['not_found'],
  },
  ticket: {
    route: photoRoutes.ticket,
    summary: ['取得照片访问票据', 'Get a ticket that opens photo addresses'],
    capability: 'diary.read',
    success: { status: 200, schema: PhotoTicket },
  },
  file: {
    route: photoRoutes.file,
    summary: ['照片文件（原图或缩略图）', 'The photo itself, full size or thumbnail'],
    capability: null,
    params: strict({ id: Uuid, size: oneOf(Object.keys(photoSizes) as PhotoSize[]) }),
    query: strict({ ticket: Type.String({ minLength: 20, maxLength: 2000 }) }),
    success: { status: 200, mediaType: 'image/webp' },
    errors: ['ticket_invalid', 'not_found'],
  },
} as const satisfies Record<string, Operation>
