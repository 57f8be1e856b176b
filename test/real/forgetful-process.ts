import { startRedis } from '../services/redis.ts'

// A process that starts a server, tells of it, and would stay for ever.
const { pid, dir } = await startRedis()
process.stdout.write(`${JSON.stringify({ pid, dir })}\n`)
setInterval(() => undefined, 60_000)
