import { html, nothing, type TemplateResult } from 'lit'
import { cameraIcon, photoIcon } from '../internal/icons.ts'
import { msg } from '../internal/localize.ts'

type Take = (files: readonly File[]) => unknown

const press = (event: Event) => {
  const input = (event.currentTarget as HTMLElement).nextElementSibling as HTMLInputElement
  input.click()
}

const picker = (take: Take, icon: TemplateResult, label: string, camera: boolean) =>
  html`<button type="button" class="button quiet" @click=${press}>${icon}${label}</button
    ><input
      type="file"
      hidden
      aria-label=${label}
      accept="image/*"
      ?multiple=${!camera}
      capture=${camera ? 'environment' : nothing}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement
        const files = [...input.files!]
        // The same file may be picked again after it was removed.
        input.value = ''
        if (files.length) take(files)
      }}
    />`

/** The buttons for photos; one for the camera where a finger is the pointer. */
export const pickerView = (take: Take): TemplateResult =>
  html`${picker(take, photoIcon, msg('照片', { id: 'composer.photos' }), false)}${
    matchMedia('(pointer: coarse)').matches
      ? picker(take, cameraIcon, msg('拍照', { id: 'composer.camera' }), true)
      : nothing
  }`
