import { describe, expect, it } from 'vitest'
import { identitySeal } from '../storage/port.ts'
import { ConversationProjection } from './projection.ts'
import type { EntryHead } from './record.ts'

const head: EntryHead = { kind: 'read', at: 1, engine: 1, who: 'u', facts: [], read: 7 }

describe('an entry set apart', () => {
  it('says the same and keeps no memory alive but its own', () => {
    const projection = new ConversationProjection(identitySeal)
    const entry = projection.sealEntry('demo', 'u', 7, head, [])
    const apart = projection.apart(entry) as typeof entry
    expect((apart.sealed as Uint8Array).buffer.byteLength).toBe((entry.sealed as Uint8Array).byteLength)
    expect(projection.openEntry('demo', apart)).toEqual(projection.openEntry('demo', entry))
    expect(apart).toMatchObject({ subject: 'u', seq: 8 })
  })

  it('is the same where it shares nothing', () => {
    const projection = new ConversationProjection(identitySeal)
    const apart = projection.apart(projection.sealEntry('demo', 'u', 7, head, []))
    expect(projection.apart(apart)).toBe(apart)
    const text = { subject: 'u', seq: 1, sealed: 'text of an older version' }
    expect(projection.apart(text)).toBe(text)
  })
})
