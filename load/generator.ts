/**
 * One generator process: takes a `Job` as JSON on stdin, runs it, prints a `JobResult` as one line of JSON, and exits.
 * A process of its own, so that it can be pinned to the core that the server does not have.
 */
import { text } from 'node:stream/consumers'
import type { Job } from './job.ts'
import { run } from './runs.ts'

const job = JSON.parse(await text(process.stdin)) as Job
const found = await run(job)
process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0))
