import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ConversationProjection } from '../actors/projection.ts'
import { systemClock } from '../kernel/clock.ts'
import { ulid } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { createInlineNlu } from '../nlu/inline.ts'
import { identitySeal } from '../storage/port.ts'
import { factoryFromFiles } from '../tenancy/factory-files.ts'
import { rehearse } from './rehearsal.ts'

describe('the rehearsal', () => {
  const troubles: string[] = []
  const log: Log = {
    debugging: false,
    debug() {},
    info() {},
    warn: (_fields, msg) => void troubles.push(msg),
    error: (_fields, msg) => void troubles.push(msg),
  }
  const limits = {
    residentsMax: 100,
    passivateMs: 60_000,
    idleCloseMs: 60_000,
    mailboxMax: 8,
    shardMailboxMax: 64,
    nluDeadlineMs: 1000,
  }
  const parts = () => {
    const projection = new ConversationProjection(identitySeal)
    return { clock: systemClock, log, projection, nlu: createInlineNlu(), limits, country: '', newId: ulid }
  }

  it('ends without a trouble', async () => {
    await rehearse(factoryFromFiles(fileURLToPath(new URL('../../templates/', import.meta.url))), parts())
    expect(troubles).toEqual([])
  })

  it('ends too where the template that it plays is not there', async () => {
    await rehearse({ get: () => undefined, list: () => [] }, parts())
    expect(troubles).toEqual([])
  })
})
