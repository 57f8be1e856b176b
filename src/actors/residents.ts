import type { Conversation } from './conversation.ts'

/** Looked at per eviction: passing over a few busy ones is cheap, searching for ever is not. */
const SCAN_MAX = 64

/** The activations of this node, by tenant and conversation. */
export class Residents {
  readonly #byTenant = new Map<string, Map<string, Conversation>>()
  /** The tenant asked for last, and its conversations: deliveries of one tenant come in rows. */
  #tenant = ''
  #ofTenant: Map<string, Conversation> | undefined
  #count = 0

  get count(): number {
    return this.#count
  }

  get(tenant: string, cid: string): Conversation | undefined {
    if (tenant !== this.#tenant || this.#ofTenant === undefined) {
      this.#tenant = tenant
      this.#ofTenant = this.#byTenant.get(tenant)
    }
    return this.#ofTenant?.get(cid)
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
    if (ofTenant.size > 0) return
    this.#byTenant.delete(conversation.tenant)
    this.#ofTenant = undefined
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
