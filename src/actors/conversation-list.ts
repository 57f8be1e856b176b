import type { Documents } from '../storage/port.ts'
import type { ConversationPage, ConversationSummary, ConversationsLister, ListRequest } from './port.ts'
import type { ConversationProjection } from './projection.ts'
import type { Snapshot } from './record.ts'

/** Documents looked at for one page, whatever the filter leaves of them. */
const SCAN_MAX = 1000
const SCAN_PAGE = 200

/**
 * A tenant's conversations as the documents know them: behind what was acknowledged by the write-behind's lag (a fraction of a
 * second, more while the documents are down).
 */
export class ConversationList implements ConversationsLister {
  readonly #documents: Documents
  readonly #projection: ConversationProjection

  constructor(documents: Documents, projection: ConversationProjection) {
    this.#documents = documents
    this.#projection = projection
  }

  async list(tenant: string, request: ListRequest): Promise<ConversationPage> {
    const items: ConversationSummary[] = []
    let afterId = request.after
    for (let scanned = 0; scanned < SCAN_MAX; ) {
      const limit = Math.min(SCAN_PAGE, SCAN_MAX - scanned)
      const page = await this.#documents.page(tenant, {
        collection: 'conversations',
        limit,
        ...(afterId === undefined ? {} : { afterId }),
      })
      for (const document of page) {
        scanned++
        afterId = document.id
        const snapshot = this.#projection.openSnapshot(tenant, document)
        if (fits(snapshot, request)) items.push(summaryOf(document.id, snapshot))
        if (items.length === request.limit) return { items, after: document.id }
      }
      if (page.length < limit) return { items }
    }
    return afterId === undefined ? { items } : { items, after: afterId }
  }
}

function fits(snapshot: Snapshot, { state, template, user }: ListRequest): boolean {
  return (
    (state === undefined || snapshot.state === state) &&
    (template === undefined || snapshot.template === template) &&
    (user === undefined || snapshot.owner === user)
  )
}

function summaryOf(cid: string, snapshot: Snapshot): ConversationSummary {
  const { inc, seq, state, reason, owner, template, version, channel, createdMs, lastMs, dialogue } = snapshot
  return {
    cid,
    inc,
    seq,
    state,
    ...(reason === undefined ? undefined : { reason }),
    user: owner,
    template: { id: template, version },
    locale: dialogue.locale,
    channel,
    ...(dialogue.outcome === undefined ? undefined : { outcome: dialogue.outcome }),
    createdMs,
    lastMs,
  }
}
