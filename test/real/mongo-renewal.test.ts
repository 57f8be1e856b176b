import { createServer, type Server, type Socket, connect as tcp } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { type Metrics, noMetrics } from '../../src/kernel/metrics.ts'
import { MongoDocuments } from '../../src/storage/mongo/documents.ts'
import { startMongo } from '../services/mongo.ts'
import { type Service, startedServices } from '../services/service.ts'

let mongo: Service
let door: Server
let isOpen = true
const sockets = new Set<Socket>()

beforeAll(async () => {
  mongo = await startMongo()
  // As a load balancer in front of a dead server: takes a connection and ends it at once.
  door = createServer((client) => {
    sockets.add(client)
    client.on('close', () => sockets.delete(client)).on('error', () => client.destroy())
    if (!isOpen) {
      client.end()
      return
    }
    const server = tcp(mongo.port, '127.0.0.1')
    server.on('error', () => client.destroy()).on('close', () => client.destroy())
    client.on('close', () => server.destroy())
    client.pipe(server).pipe(client)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
}, 60_000)
afterEach(() => {
  isOpen = true
})
afterAll(async () => {
  door.close()
  for (const service of startedServices()) await service.stop()
})

describe('a client of MongoDB', () => {
  it('is thrown away when nothing has succeeded for long, and the documents are there again with the server', async () => {
    let renewals = 0
    const metrics: Metrics = {
      ...noMetrics,
      counter: (name) => (name === 'parley_mongo_renewals_total' ? { inc: () => void renewals++ } : { inc() {} }),
    }
    const { port } = door.address() as { port: number }
    const documents = new MongoDocuments({
      urls: { default: `mongodb://127.0.0.1:${port}/` },
      connectionsMax: 4,
      boundsMs: { selection: 200, connect: 200, renew: 800 },
      clock: systemClock,
      log: silentLog,
      metrics,
    })
    await documents.put('demo', [{ collection: 'turns', id: 'a', n: 1, doc: { said: 1 } }])
    isOpen = false
    for (const socket of sockets) socket.destroy()
    await expect
      .poll(
        () =>
          documents.get('demo', 'turns', { id: 'a', n: 1 }).then(
            () => 0,
            () => renewals,
          ),
        { timeout: 15_000, interval: 50 },
      )
      .toBeGreaterThan(1)
    isOpen = true
    await expect
      .poll(
        () =>
          documents.get('demo', 'turns', { id: 'a', n: 1 }).then(
            (found) => found?.doc,
            () => undefined,
          ),
        {
          timeout: 15_000,
          interval: 50,
        },
      )
      .toEqual({ said: 1 })
    await documents.close()
  }, 60_000)
})
