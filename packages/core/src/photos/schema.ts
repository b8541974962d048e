import Type, { type Static } from 'typebox'
import { Instant, Uuid, named } from '../internal/shapes.ts'

export const Photo = named('Photo', {
  id: Uuid,
  /** Pixels of the full size, after turning it upright: lets a page reserve the room. */
  width: Type.Integer({ minimum: 1 }),
  height: Type.Integer({ minimum: 1 }),
})
export type Photo = Static<typeof Photo>

/** Opens photo addresses for an `<img>`, which cannot send a header: `?ticket=…`. */
export const PhotoTicket = named('PhotoTicket', {
  ticket: Type.String(),
  expiresAt: Instant,
})
export type PhotoTicket = Static<typeof PhotoTicket>
