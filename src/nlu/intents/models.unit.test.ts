import { describe, expect, it } from 'vitest'
import type { IntentModel } from './intent-model.ts'
import { type IntentModelStore, IntentModels } from './models.ts'
import { BANK, setOf } from './testing/sets.ts'
import { train } from './train.ts'

class MemoryStore implements IntentModelStore {
  readonly versions = new Map<string, Uint8Array>()
  reads = 0

  async put(tenant: string, version: number, bytes: Uint8Array): Promise<void> {
    this.versions.set(`${tenant}/${version}`, bytes.slice())
  }

  async get(tenant: string, version?: number): Promise<Uint8Array | undefined> {
    this.reads++
    const newest = Math.max(
      0,
      ...[...this.versions.keys()].filter((key) => key.startsWith(`${tenant}/`)).map((key) => Number(key.split('/')[1])),
    )
    return this.versions.get(`${tenant}/${version ?? newest}`)
  }
}

const modelOf = (tenant: string, version: number): IntentModel => train(setOf(BANK, { tenant, version }))
const versionOf = async (models: IntentModels, tenant: string, version?: number): Promise<number | undefined> =>
  (await models.of(tenant, version))?.header.version

describe("a node's models", () => {
  it('are the newest of a tenant unless a version is asked for', async () => {
    const models = new IntentModels({ store: new MemoryStore() })
    await models.publish(modelOf('acme', 1))
    expect(await versionOf(models, 'acme')).toBe(1)
    await models.publish(modelOf('acme', 3))
    await models.publish(modelOf('acme', 2))
    expect(await versionOf(models, 'acme')).toBe(3)
    expect(await versionOf(models, 'acme', 2)).toBe(2)
  })

  it('are nobody else’s', async () => {
    const models = new IntentModels({ store: new MemoryStore() })
    await models.publish(modelOf('acme', 1))
    expect(await models.of('other')).toBeUndefined()
  })

  it('are read once, and then at hand at once', async () => {
    const store = new MemoryStore()
    await new IntentModels({ store }).publish(modelOf('acme', 1))
    const models = new IntentModels({ store })
    const [first, second] = await Promise.all([models.of('acme'), models.of('acme')])
    expect(first).toBe(second)
    expect(models.of('acme')).toBe(first)
    expect(store.reads).toBe(1)
  })

  it('are not overtaken by an older one that was still being read', async () => {
    const store = new MemoryStore()
    const models = new IntentModels({ store })
    await models.publish(modelOf('acme', 1))
    const slow = models.of('acme')
    await models.publish(modelOf('acme', 2))
    await slow
    expect(await versionOf(models, 'acme')).toBe(2)
  })

  it('take bounded memory: the longest unused is read again', async () => {
    const store = new MemoryStore()
    const { byteLength } = modelOf('aa', 1).buffer
    const models = new IntentModels({ store, bytesMax: byteLength * 2.5 })
    for (const tenant of ['aa', 'bb', 'cc']) {
      await models.publish(modelOf(tenant, 1))
      await models.of(tenant)
    }
    expect(models.of('cc')).not.toBeInstanceOf(Promise)
    expect(models.of('bb')).not.toBeInstanceOf(Promise)
    expect(models.of('aa')).toBeInstanceOf(Promise)
    expect(await versionOf(models, 'aa')).toBe(1)
  })

  it('are refused when the store gives back other bytes, and asked for again', async () => {
    const store = new MemoryStore()
    store.versions.set('acme/1', new Uint8Array(100))
    const models = new IntentModels({ store })
    await expect(models.of('acme')).rejects.toMatchObject({ code: 'intents.corrupt' })
    await models.publish(modelOf('acme', 1))
    expect(await versionOf(models, 'acme')).toBe(1)
  })
})
