import { configure, type Configuration } from './configure.ts'
import { offer, type HostServices, type ServiceName } from './internal/services.ts'

export {
  service,
  type Assertion,
  type CoordinateSystem,
  type HostPosition,
  type HostServices,
  type ServiceName,
  type Transport,
} from './internal/services.ts'
export type { Dictate, Dictation, DictationEnd } from './internal/dictation/dictate.ts'
export type { HostMap, MapLayer, MapTiles } from './internal/map/host-map.ts'

declare const registry: unique symbol

/**
 * Plugins by name, with the options that they take. A plugin adds itself:
 *
 *     declare module '@minqing/elements/plugins' {
 *       interface MinqingPlugins { zheliban: ZhelibanOptions }
 *     }
 */
export interface MinqingPlugins {
  readonly [registry]?: never
}
export type PluginName = Extract<keyof MinqingPlugins, string>

/** What a plugin may do to the page; all of it is undone when the plugin goes. */
export interface PluginContext {
  /**
   * Offers a service. Of several offers the latest holds; the returned function takes this one back early.
   */
  offer<N extends ServiceName>(name: N, implementation: HostServices[N]): () => void
  /** Speaks for the page, as its own `configure` would. This alone stays when the plugin goes. */
  configure(configuration: Configuration): void
  /** Aborted when the plugin goes. */
  readonly signal: AbortSignal
  /** One sentence for the integrator, in the console. */
  warn(sentence: string, cause?: unknown): void
}

/** Run when the plugin goes, before its offers are taken back. */
export type Teardown = () => void | Promise<void>

export interface Plugin<Name extends string = string, Options = void> {
  readonly name: Name
  setup(context: PluginContext, options: Options): void | Teardown | Promise<void | Teardown>
}

/** Names the types of a plugin. */
export const definePlugin = <const Name extends string, Options = void>(
  plugin: Plugin<Name, Options>,
): Plugin<Name, Options> => plugin

interface Running {
  readonly ready: Promise<void>
  stop(): Promise<void>
}
const running = new Map<string, Running>()

function warn(name: string, sentence: string, cause?: unknown): void {
  console.warn(`minqing plugin ${name}: ${sentence}`, ...(cause === undefined ? [] : [cause]))
}

function start<Options>({ name, setup }: Plugin<string, Options>, options: Options): Running {
  const end = new AbortController()
  const withdraw: (() => void)[] = []
  const context: PluginContext = {
    offer(service, implementation) {
      if (end.signal.aborted) return () => undefined
      const back = offer(service, implementation)
      withdraw.push(back)
      return back
    },
    configure: (configuration) => {
      if (!end.signal.aborted) configure(configuration)
    },
    signal: end.signal,
    warn: (sentence, cause) => warn(name, sentence, cause),
  }
  const takeBack = () => {
    while (withdraw.length) withdraw.pop()!()
  }
  // in a function of its own, so that a setup that throws at once fails as one that rejects
  const made = (async () => setup(context, options))()
  const ready = made.then(
    () => undefined,
    (error: unknown) => {
      end.abort()
      takeBack()
      warn(name, 'could not start; the page goes on without it.', error)
    },
  )
  let stopped: Promise<void> | undefined
  const stop = async () => {
    end.abort()
    const teardown = await made.catch(() => undefined)
    try {
      await teardown?.()
    } catch (error) {
      warn(name, 'could not clean up after itself.', error)
    }
    takeBack()
  }
  return { ready, stop: () => (stopped ??= stop()) }
}

/**
 * Uses a plugin on this page. Resolves when it has started, with the way to stop it; never rejects: a plugin that fails
 * is told in the console, and what it offered before is taken back. Using one of the same name again replaces the first.
 */
export async function use<Options>(
  plugin: Plugin<string, Options>,
  ...[options]: undefined extends Options ? [options?: Options] : [options: Options]
): Promise<() => Promise<void>> {
  const { name } = plugin
  const earlier = running.get(name)
  if (earlier) {
    warn(name, 'is used already; the newer one takes over.')
    await earlier.stop()
  }
  const now = start(plugin, options as Options)
  running.set(name, now)
  await now.ready
  return async () => {
    if (running.get(name) === now) running.delete(name)
    await now.stop()
  }
}

/** Stops every plugin of the page, the latest first. */
export async function stopPlugins(): Promise<void> {
  const all = [...running.values()].reverse()
  running.clear()
  for (const one of all) await one.stop()
}
