import { nothing } from 'lit'
import { sentenceOf } from '../../internal/problem-text.ts'
import type { ComposerHost, Panel } from './panel.ts'
import type { PhotoPanel } from './photo-panel.ts'

interface Kinds {
  photos: PhotoPanel
  visited: Panel
  place: Panel
  waiting: Panel
}
export type PanelName = keyof Kinds

const loaders: { [N in PanelName]: (host: ComposerHost) => Promise<Kinds[N]> } = {
  photos: async (host) => new (await import('./photo-panel.ts')).PhotoPanel(host),
  visited: async (host) => new (await import('./visited-panel.ts')).VisitedPanel(host),
  place: async (host) => new (await import('./place-panel.ts')).PlacePanel(host),
  waiting: async (host) => new (await import('./waiting-panel.ts')).WaitingPanel(host),
}

/** The parts of the form that are not needed at first sight. */
export class Panels {
  private readonly host: ComposerHost
  private readonly made: Partial<Kinds> = {}
  private open: PanelName[] = []

  constructor(host: ComposerHost) {
    this.host = host
  }

  isOpen = (name: PanelName): boolean => this.open.includes(name)
  get = <N extends PanelName>(name: N): Partial<Kinds>[N] => this.made[name]
  render = (name: PanelName): unknown => (this.isOpen(name) ? this.made[name]?.render() : nothing)

  /** Makes a part. Of two that are made at the same time the first is kept, with the photos that are in it. */
  async load<N extends PanelName>(name: N): Promise<Partial<Kinds>[N]> {
    const panel = await loaders[name](this.host)
    return (this.made[name] ??= panel)
  }

  /** Shows a part. Resolves with `undefined`, having said why, when it cannot be loaded now. */
  async show<N extends PanelName>(name: N): Promise<Kinds[N] | undefined> {
    try {
      const panel = this.made[name] ?? (await this.load(name))
      if (!this.isOpen(name)) this.open.push(name)
      this.host.requestUpdate()
      return panel
    } catch (error) {
      this.host.say(sentenceOf(error), { bad: true })
      return undefined
    }
  }

  hide(...names: PanelName[]): void {
    this.open = this.open.filter((name) => !names.includes(name))
    this.host.requestUpdate()
  }
}
