import { routes, type Me } from '@minqing/core/wire'
import type { Caller } from './internal/caller.ts'
import { sleep } from './internal/abort.ts'
import { backoffMs } from './internal/backoff.ts'
import { createConnection, isFinal, type Connection } from './internal/live-connection.ts'
import { MinqingError, asMinqingError } from './errors.ts'
import type { Live, LiveMessage, LiveOptions, LiveReset, LiveState } from './types.ts'

/** The longest wait before the default area is asked for again. */
const longestWaitMs = 30_000

type AnyListener = (event: LiveMessage | LiveReset) => void

/** Listeners of one area and the connection that they share. */
interface Channel {
  listeners: Map<AnyListener, string>
  stateListeners: Set<(state: LiveState) => void>
  state: LiveState
  connection?: Connection
}

export function createLive(caller: Caller): Live {
  const channels = new Map<string, Channel>()

  const channelOf = (area: string): Channel => {
    let channel = channels.get(area)
    if (!channel) {
      channel = { listeners: new Map(), stateListeners: new Set(), state: { status: 'idle' } }
      channels.set(area, channel)
    }
    return channel
  }

  const tell = (channel: Channel, event: LiveMessage | LiveReset) => {
    for (const [listener, type] of [...channel.listeners]) {
      if (type === '*' || type === event.type) listener(event)
    }
  }
  const setState = (channel: Channel, state: LiveState) => {
    channel.state = state
    for (const listener of [...channel.stateListeners]) listener(state)
  }

  /** The area that a caller without a wish listens to: the first that they may read. */
  let ownArea: Promise<string> | undefined
  const defaultArea = (): Promise<string> => {
    const asked = (ownArea ??= caller.call(routes.me.get, undefined).then((me) => {
      const area = (me as Me).scopes['diary.read']?.[0]
      if (area !== undefined) return area
      const titles = { 'zh-CN': '没有进行此操作的权限', en: 'No grant allows this operation' }
      throw new MinqingError({ code: 'forbidden', status: 403, titles })
    }))
    asked.catch(() => (ownArea = undefined))
    return asked
  }

  const connect = (area: string, lastEventId: string | undefined) => {
    const channel = channelOf(area)
    channel.connection ??= createConnection(caller, area, {
      lastEventId,
      onEvent: (event) => tell(channel, event),
      onState: (state) => setState(channel, state),
    })
    channel.connection.wake()
  }

  const disconnect = (area: string) => {
    const channel = channelOf(area)
    channel.connection?.close()
    channel.connection = undefined
    setState(channel, { status: 'idle' })
  }

  /**
   * Runs `join` once the area is known, unless it was left before; gives the way to leave. Without network the area is
   * asked for until it is known, as an open stream would come back, too.
   */
  const whenKnown = (
    area: string | undefined,
    join: (area: string) => () => void,
    fail: (error: MinqingError) => void,
  ) => {
    let leave: (() => void) | undefined
    let left = false
    const enter = (known: string) => {
      if (!left) leave = join(known)
    }
    const find = async () => {
      for (let attempt = 1; !left && !caller.closed.aborted; attempt++) {
        const found = await defaultArea().catch(asMinqingError)
        if (left || caller.closed.aborted) return
        if (typeof found === 'string') return enter(found)
        fail(found)
        if (isFinal(found)) return
        await sleep(backoffMs(attempt, Math.random, longestWaitMs), caller.closed)
      }
    }
    if (area !== undefined) enter(area)
    else void find()
    return () => {
      left = true
      leave?.()
      leave = undefined
    }
  }

  const on = (type: string, listener: (event: never) => void, options: LiveOptions = {}) =>
    whenKnown(
      options.area,
      (area) => {
        // A wrapper of its own, so that one function may listen twice.
        const own: AnyListener = (event) => listener(event as never)
        const { listeners } = channelOf(area)
        listeners.set(own, type)
        connect(area, options.lastEventId)
        return () => {
          listeners.delete(own)
          if (listeners.size === 0) disconnect(area)
        }
      },
      // Told to those who watch the state; there is no connection to watch without an area.
      () => undefined,
    )

  const onState = (listener: (state: LiveState) => void, options: LiveOptions = {}) =>
    whenKnown(
      options.area,
      (area) => {
        const channel = channelOf(area)
        channel.stateListeners.add(listener)
        listener(channel.state)
        return () => channel.stateListeners.delete(listener)
      },
      (error) => listener({ status: isFinal(error) ? 'failed' : 'waiting', error }),
    )

  return { on: on as Live['on'], onState }
}
