import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StaticPlacement, StoredPlacement } from '../../src/storage/mongo/placement.ts'
import { MongoFaultProxy } from '../fixtures/mongo-fault-proxy.ts'
import { mongoPlace } from '../fixtures/mongo-place.ts'
import { type MongoService, startMongo } from '../services/mongo.ts'

const write = { collection: 'users', id: 'a', n: 1, doc: 'x' } as const

describe('the placement of tenants', () => {
  let home: MongoService
  let abroad: MongoService

  beforeAll(async () => {
    home = await startMongo()
    abroad = await startMongo()
  })
  afterAll(async () => {
    await home?.stop()
    await abroad?.stop()
  })

  it('keeps each tenant at its URL and lists those of all', async () => {
    const urls = { default: home.url, eu: abroad.url }
    const documents = await mongoPlace(home.url, {
      urls,
      placement: new StaticPlacement({ bella: 'eu' }),
      databasePrefix: 's-',
    }).open()
    await documents.put('bella', [write])
    await documents.put('adam', [write])
    expect(await documents.tenants()).toEqual(['adam', 'bella'])
    const atHome = await mongoPlace(home.url, { databasePrefix: 's-' }).open()
    const inEurope = await mongoPlace(abroad.url, { databasePrefix: 's-' }).open()
    expect([await atHome.tenants(), await inEurope.tenants()]).toEqual([['adam'], ['bella']])
    for (const each of [documents, atHome, inEurope]) await each.close()
  })

  it('is kept at the default URL: assigned once, found by every process, remembered', async () => {
    const proxy = await MongoFaultProxy.start(home.url)
    const options = { urls: { default: proxy.url, eu: abroad.url }, placement: 'stored', databasePrefix: 'p-' } as const
    const one = await mongoPlace(proxy.url, options).open()
    const two = await mongoPlace(proxy.url, options).open()
    const [first, second] = [one.placement, two.placement]
    if (!(first instanceof StoredPlacement && second instanceof StoredPlacement)) throw new Error('not stored')
    expect(await first.assign('bella', 'eu')).toBe('eu')
    expect(await second.assign('bella', 'default')).toBe('eu')
    await expect(first.assign('carl', 'us')).rejects.toThrow(RangeError)
    expect(await second.aliasOf('nobody')).toBe('default')
    await one.put('bella', [write])
    const asked = proxy.commands.length
    expect((await two.get('bella', 'users', { id: 'a', n: 1 }))?.doc).toBe('x')
    expect(proxy.commands.length).toBe(asked)
    expect(await one.tenants()).toEqual(['bella'])
    proxy.down()
    await expect(Promise.resolve(one.placement.aliasOf('unknown'))).rejects.toMatchObject({ code: 'storage.unavailable' })
    for (const each of [one, two]) await each.close()
    await proxy.stop()
  })

  it('says which alias is not configured', async () => {
    const documents = await mongoPlace(home.url, { placement: new StaticPlacement({ bella: 'moon' }) }).open()
    await expect(documents.put('bella', [write])).rejects.toMatchObject({
      code: 'storage.unavailable',
      retry: 'later',
      message: 'no URL is configured for the documents at "moon" (default are)',
    })
    await documents.close()
  })

  it('waits where the record of a tenant says nothing: what cannot be placed is not given up', async () => {
    const documents = await mongoPlace(home.url, { placement: 'stored', databasePrefix: 'm-' }).open()
    const client = new MongoClient(home.url)
    const records = client.db('m-parley__directory').collection<{ _id: string }>('tenants')
    await records.insertOne({ _id: 'bella', documents: 'eu' } as { _id: string })
    await records.insertOne({ _id: 'carl', placement: { documents: 7 } } as { _id: string })
    await client.close()
    for (const tenant of ['bella', 'carl'])
      await expect(documents.put(tenant, [write])).rejects.toMatchObject({
        code: 'storage.unavailable',
        retry: 'later',
        message: `the placement of ${tenant} cannot be read`,
      })
    await documents.close()
    // Whoever comes late may come again, elsewhere.
    await expect(documents.put('adam', [write])).rejects.toMatchObject({ code: 'storage.unavailable', retry: 'later' })
  })

  it('counts a URL of two aliases once: one pool, one share of the connections', async () => {
    const urls = { default: home.url, home: home.url, eu: abroad.url }
    const options = { urls, connectionsMax: 4, placement: new StaticPlacement({ bella: 'home', carl: 'eu' }) }
    const documents = await mongoPlace(home.url, { ...options, databasePrefix: 'd-' }).open()
    for (const tenant of ['adam', 'bella', 'carl']) await documents.put(tenant, [write])
    expect(documents.connections.load('home')).toEqual(documents.connections.load('default'))
    expect([documents.connections.load('home').open, documents.connections.load('eu').open]).toEqual([1, 1])
    expect(await documents.tenants()).toEqual(['adam', 'bella', 'carl'])
    await documents.close()
  })

  it('refuses what is no URL without showing it', async () => {
    const urls = { default: 'mongodb://someone:secret word@:x' }
    const error = await mongoPlace('', { urls })
      .open()
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RangeError)
    expect(String(error)).not.toContain('secret')
  })

  it('refuses a budget that leaves a URL without a connection', async () => {
    const urls = { default: home.url, eu: 'mongodb://a:1,b:1,c:1/?replicaSet=x' }
    await expect(mongoPlace(home.url, { urls, connectionsMax: 7 }).open()).rejects.toThrow(RangeError)
    const documents = await mongoPlace(home.url, { urls, connectionsMax: 8 }).open()
    await documents.close()
  })
})
