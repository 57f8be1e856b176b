import type { Answer, ConversationRouter, Delivery } from '../../actors/port.ts'
import type { Rejection } from '../../kernel/rejection.ts'

/** A delivery as a promise of its answer. */
export function ask<D extends Delivery>(
  router: ConversationRouter,
  tenant: string,
  cid: string,
  delivery: D,
): Promise<Answer<D> | Rejection> {
  return new Promise((resolve) => router.deliver(tenant, cid, delivery, resolve))
}
