import type { Conversation } from './conversation.ts'

/** Looked at per eviction: passing over a few busy ones is cheap, searching for ever is not. */
const SCAN_MAX = 64

/** The activations of this node, by tenant and conversation. */
export class Residents {
  readonly #byTenant = new Map<string, Map<string, Conversation>>()
  #count = 0

  get count(): number {
    return this.#count
  }

  get(tenant: string, cid: string): Conversation | undefined {
    return this.#byTenant.get(tenant)?.get(cid)
  }

  add(conversation: Conversation): void {
    const { tenant, cid } = conversation
    const ofTenant = this.#byTenant.get(tenant)
    if (ofTenant) ofTenant.set(cid, conversation)
    else this.#byTenant.set(tenant, new Map([[cid, conversation]]))
    this.#count++
  }

  remove(conversation: Conversation): void {
    const ofTenant = this.#byTenant.get(conversation.tenant)
    if (ofTenant?.get(conversation.cid) !== conversation) return
    ofTenant.delete(conversation.cid)
    this.#count--
    if (ofTenant.size === 0) this.#byTenant.delete(conversation.tenant)
  }

  /** Releases the idle ones that nobody touched since `beforeMs`; gives how many. */
  sweep(beforeMs: number): number {
    let released = 0
    for (const conversation of this.all()) {
      if (conversation.isIdle && conversation.touchedMs <= beforeMs) {
        this.remove(conversation)
        released++
      }
    }
    return released
  }

  /** Makes room for one: releases an idle activation among the oldest. False when those are all at work. */
  evict(): boolean {
    let scanned = 0
    for (const conversation of this.all()) {
      if (conversation.isIdle) {
        this.remove(conversation)
        return true
      }
      if (++scanned === SCAN_MAX) return false
    }
    return false
  }

  *all(): Generator<Conversation> {
    for (const ofTenant of this.#byTenant.values()) yield* ofTenant.values()
  }
}
