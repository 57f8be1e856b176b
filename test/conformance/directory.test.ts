import { LocalDirectory, LocalDirectoryStore } from '../../src/cluster/local/directory.ts'
import { directorySuite } from './directory.suite.ts'

directorySuite('local', {
  place: async () => {
    const store = new LocalDirectoryStore()
    return { open: async () => new LocalDirectory(store), dispose: async () => undefined }
  },
})
