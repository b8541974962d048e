import { html, nothing, type TemplateResult } from 'lit'
import { cameraIcon, photoIcon } from '../icons.ts'
import { msg } from '../localize.ts'

const press = (event: Event) =>
  ((event.currentTarget as HTMLElement).nextElementSibling as HTMLInputElement).click()

/** Newer browsers tell that nothing was picked; a dialog around must not take it for its own cancelling. */
const keep = (event: Event) => event.stopPropagation()

const picker = (icon: TemplateResult, label: string, isCamera: boolean, take: (files: File[]) => unknown) => {
  const pick = (event: Event) => {
    const input = event.target as HTMLInputElement
    const files = [...input.files!]
    // The same file may be picked again after it was removed.
    input.value = ''
    take(files)
  }
  return html`<button type="button" class="button quiet" @click=${press}>${icon}${label}</button
    ><input
      type="file"
      hidden
      aria-label=${label}
      accept="image/*"
      ?multiple=${!isCamera}
      capture=${isCamera ? 'environment' : nothing}
      @change=${pick}
      @cancel=${keep}
    />`
}

/**
 * The buttons for photos; one for the camera where a finger is the pointer. The composer has its own, with pasting and
 * dropping, since it carries them at once and another chunk would weigh more than these lines.
 */
export const photoPicker = (take: (files: File[]) => unknown): TemplateResult =>
  html`${picker(photoIcon, msg('照片', { id: 'composer.photos' }), false, take)}${
    matchMedia('(pointer: coarse)').matches
      ? picker(cameraIcon, msg('拍照', { id: 'composer.camera' }), true, take)
      : nothing
  }`
