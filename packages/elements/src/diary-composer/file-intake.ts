import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { cameraIcon, photoIcon } from '../internal/icons.ts'
import { msg } from '../internal/localize.ts'

/** The ways by which photos come in: picked, taken, pasted, dropped. */
export class FileIntake {
  /** Whether files are held over the form. */
  isOver = false
  private readonly host: ReactiveControllerHost
  private readonly take: (files: readonly File[]) => unknown

  constructor(host: ReactiveControllerHost, take: (files: readonly File[]) => unknown) {
    this.host = host
    this.take = take
  }

  private takeFrom(files: FileList | null | undefined, event?: Event): void {
    if (!files?.length) return
    event?.preventDefault()
    this.take([...files])
  }

  private over(isOver: boolean): void {
    if (this.isOver === isOver) return
    this.isOver = isOver
    this.host.requestUpdate()
  }

  readonly onPick = (event: Event): void => {
    const input = event.target as HTMLInputElement
    this.takeFrom(input.files)
    // The same file may be picked again after it was removed.
    input.value = ''
  }

  readonly onPaste = (event: ClipboardEvent): void => this.takeFrom(event.clipboardData?.files, event)

  readonly onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.over(true)
  }

  readonly onLeave = (): void => this.over(false)

  readonly onDrop = (event: DragEvent): void => {
    this.over(false)
    this.takeFrom(event.dataTransfer?.files, event)
  }
}

const press = (event: Event) => {
  const input = (event.currentTarget as HTMLElement).nextElementSibling as HTMLInputElement
  input.click()
}

const picker = (intake: FileIntake, icon: TemplateResult, label: string, camera: boolean) =>
  html`<button type="button" class="button quiet" @click=${press}>${icon}${label}</button
    ><input
      type="file"
      hidden
      aria-label=${label}
      accept="image/*"
      ?multiple=${!camera}
      capture=${camera ? 'environment' : nothing}
      @change=${intake.onPick}
    />`

/** The buttons for photos; one for the camera where a finger is the pointer. */
export const pickerView = (intake: FileIntake): TemplateResult =>
  html`${picker(intake, photoIcon, msg('照片', { id: 'composer.photos' }), false)}${
    matchMedia('(pointer: coarse)').matches
      ? picker(intake, cameraIcon, msg('拍照', { id: 'composer.camera' }), true)
      : nothing
  }`
