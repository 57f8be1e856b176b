import { LocalBroker } from '../../src/cluster/local/broker.ts'
import { busSuite } from './bus.suite.ts'

busSuite('local', {
  place: async () => {
    const broker = new LocalBroker()
    return {
      connect: async () => broker.connect(),
      stop: async () => broker.stop(),
      start: async () => broker.start(),
      dispose: async () => undefined,
    }
  },
})
