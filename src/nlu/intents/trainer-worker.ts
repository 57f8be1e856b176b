import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { train } from './train.ts'
import type { TrainerMessage, TrainTask } from './trainer.ts'

/** Of this thread only, where the system has priorities for threads: training gives way to everything else. */
const NICE = 10

/** Progress is told at most this often, in steps of the whole. */
const STEPS_TOLD = 100

const { set, seed } = workerData as TrainTask
const tell = (message: TrainerMessage): void => parentPort?.postMessage(message)

if (process.platform === 'linux') setPriority(0, NICE)
let told = 0
const model = train(set, {
  seed,
  onProgress: (done, total) => {
    const step = Math.floor((done / total) * STEPS_TOLD)
    if (step === told) return
    told = step
    tell({ progress: done / total })
  },
})
const { user, system } = process.threadCpuUsage()
tell({ model: model.buffer, cpuMs: (user + system) / 1_000 })
