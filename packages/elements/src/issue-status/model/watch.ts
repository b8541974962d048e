import type { Client, Unsubscribe } from '@minqing/client'

const soonest = 30_000
const latest = 10 * 60_000

/**
 * Looks again by itself: often after something has changed, ever more seldom while nothing does, not at all while
 * nobody sees the page. For the person who is signed in a message in their inbox is a reason to look at once.
 */
export class Watch {
  private wait = soonest
  private timer?: ReturnType<typeof setTimeout> | undefined
  private plannedAt = 0
  private planned = 0
  private stop: Unsubscribe | undefined
  private running = false

  constructor(
    private readonly client: () => Promise<Client>,
    private readonly look: () => void,
  ) {}

  begin(live: boolean): void {
    this.running = true
    this.wait = soonest
    document.addEventListener('visibilitychange', this.shown)
    addEventListener('online', this.online)
    if (live) void this.listen()
    this.plan()
  }

  end(): void {
    this.running = false
    clearTimeout(this.timer)
    document.removeEventListener('visibilitychange', this.shown)
    removeEventListener('online', this.online)
    this.stop?.()
    this.stop = undefined
  }

  /** Something was read: plans the next look. */
  again(changed: boolean, problem?: unknown): void {
    const { retryAfterMs = 0 } = (problem ?? {}) as { retryAfterMs?: number }
    this.wait = changed ? soonest : Math.min(latest, Math.max(this.wait * 1.5, retryAfterMs))
    this.plan()
  }

  private plan(): void {
    clearTimeout(this.timer)
    if (!this.running) return
    const wait = this.wait * (0.8 + Math.random() * 0.4)
    this.plannedAt = Date.now()
    this.planned = wait
    this.timer = setTimeout(() => document.hidden || this.look(), wait)
  }

  private readonly shown = (): void => {
    const passed = Date.now() - this.plannedAt
    // Below zero: the clock was set back since.
    if (!document.hidden && (passed < 0 || passed >= this.planned)) this.look()
  }

  private readonly online = (): void => this.look()

  /** Without the stream (no right to it, no network) looking from time to time is what is left. */
  private async listen(): Promise<void> {
    try {
      const client = await this.client()
      const me = await client.me.get()
      const area = me.grants[0]?.area.code
      if (!this.running || this.stop || !area) return
      this.stop = client.live.on('inbox.added', () => this.look(), { area })
    } catch {
      // The list itself says what is wrong.
    }
  }
}
