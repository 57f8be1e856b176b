// A setup file of vitest's: after a failed test it tells where the logs of the running servers are, and keeps them.
import { afterEach } from 'vitest'
import { startedServices } from './service.ts'

afterEach(({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const service of startedServices()) {
    const { name, port, isRunning, log } = service
    service.keepFiles()
    console.error(`${name} on port ${port} ${isRunning ? 'runs' : 'has ended'}; its log is ${log}`)
  }
})
