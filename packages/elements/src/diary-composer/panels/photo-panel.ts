import { photoLimits } from '@minqing/core/wire'
import { addStyles } from '../../internal/lazy-styles.ts'
import { PhotoRow } from '../../internal/photos/photo-row.ts'
import type { ComposerHost, Panel } from './panel.ts'
import { panelStyles } from './panel.styles.ts'

/** Up to nine photos. */
export class PhotoPanel extends PhotoRow implements Panel {
  constructor(host: ComposerHost) {
    addStyles(host, panelStyles)
    super(host, photoLimits.perDiary)
  }
}
