import { describe, expect, it } from 'vitest'
import { factoryTemplate } from '../../test/fixtures/factory-template.ts'
import { ManualClock } from '../../test/fixtures/manual-clock.ts'
import type { Template } from '../dialogue/template.ts'
import { silentLog } from '../kernel/log.ts'
import { MemoryDocuments } from '../storage/memory/documents.ts'
import { DocumentTemplateStore } from './template-store.ts'

const contact = factoryTemplate('contact').source

/** A store over the same documents each time, whose factory has this one template. */
function storeOf(documents: MemoryDocuments, template: Template): DocumentTemplateStore {
  const factory = { get: (id: string) => (id === template.id ? template : undefined), list: () => [template] }
  return new DocumentTemplateStore({ documents, factory, clock: new ManualClock(), log: silentLog })
}

describe("a tenant's templates", () => {
  it('are listed with the names of their data, in asking order', async () => {
    expect(await storeOf(new MemoryDocuments(), contact).list('acme')).toEqual([
      expect.objectContaining({
        id: 'contact',
        locales: ['en', 'it', 'es', 'fr', 'de'],
        data: [
          { id: 'fullName', label: expect.objectContaining({ en: 'Full name', de: 'Vor- und Nachname' }) },
          { id: 'email', label: expect.objectContaining({ en: 'E-mail', fr: 'Adresse e-mail' }) },
        ],
      }),
    ])
  })

  it('are copies made at first use, which a changed factory does not touch', async () => {
    const documents = new MemoryDocuments()
    const first = await storeOf(documents, { ...contact, version: 4 }).get('acme', 'contact')
    expect(first?.version).toBe(1)
    expect(first?.source.origin).toMatchObject({ factoryId: 'contact', factoryVersion: 4 })
    const label = { ...contact.label, en: 'Changed' }
    const changed = storeOf(documents, { ...contact, version: 5, label })
    expect((await changed.get('acme', 'contact'))?.source.label).toEqual(contact.label)
    expect((await changed.get('other', 'contact'))?.source.label).toEqual(label)
  })

  it('are not copied while they have a fault, so that mending the file helps', async () => {
    const documents = new MemoryDocuments()
    const faulty = storeOf(documents, { ...contact, texts: {} })
    await expect(faulty.get('acme', 'contact')).rejects.toMatchObject({ code: 'template.invalid' })
    expect((await storeOf(documents, contact).get('acme', 'contact'))?.id).toBe('contact')
  })

  it('do not exist by names that nobody gave', async () => {
    const store = storeOf(new MemoryDocuments(), contact)
    expect(await store.get('acme', 'nothing')).toBeUndefined()
    expect(await store.get('acme', 'contact', 2)).toBeUndefined()
  })
})
