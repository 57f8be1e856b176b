// `npm run dev:cluster`: real servers and three nodes on this machine, until Ctrl-C. Starts nothing again by itself.
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ParleyClient, ParleyError } from '../client/index.ts'
import { fetchDevelopmentToken, socketUrl } from '../client/server-api.ts'
import { missingServices } from '../test/services/binaries.ts'
import { freePort, isFree } from '../test/services/free-port.ts'
import { startMongo } from '../test/services/mongo.ts'
import { startNats } from '../test/services/nats.ts'
import { startRedis } from '../test/services/redis.ts'
import { type Service, startedServices } from '../test/services/service.ts'
import { NodeProcess } from './dev-cluster/node-process.ts'
import { readOptions, USAGE } from './dev-cluster/options.ts'
import { againLine, greeting, type SharedConversation } from './dev-cluster/words.ts'

const DEVELOPMENT_SECRET_BYTES = 32
const GUEST = { user: 'guest', template: 'date-of-birth', locale: 'en' } as const

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`dev:cluster: ${line}\n`)

const given = readOptions(process.argv.slice(2))
if (given === 'help') write(USAGE)
else if ('wrong' in given) {
  complain(`${given.wrong}\n\n${USAGE}`)
  process.exitCode = 2
} else process.exit(await run(given.ports)) // what was about to start is ended by its guard

/** Resolves with the exit code when everything has stopped. */
async function run(wanted: readonly number[]): Promise<number> {
  const obstacles = [...missingServices(), ...(await takenPorts(wanted))]
  for (const obstacle of obstacles) complain(obstacle)
  if (obstacles.length > 0) return 1
  const nodes: NodeProcess[] = []
  const data = mkdtempSync(join(tmpdir(), 'parley-cluster-'))
  const stop = new AbortController()
  const interrupted = new Promise<number>((resolve) => {
    process.on('SIGINT', () => resolve(0)).on('SIGTERM', () => resolve(0))
  })
  try {
    return await Promise.race([interrupted, started(wanted, nodes, data, stop.signal).then(() => allEnded(nodes, stop.signal))])
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    stop.abort()
    write('Stopping.')
    await Promise.all(nodes.map((node) => node.stop()))
    await Promise.all(startedServices().map((service) => service.stop()))
    rmSync(data, { recursive: true, force: true })
  }
}

async function takenPorts(wanted: readonly number[]): Promise<readonly string[]> {
  const sentences: string[] = []
  for (const port of wanted) {
    if (port !== 0 && !(await isFree(port))) sentences.push(`port ${port} is taken: name others with --ports, 0 takes a free one`)
  }
  return sentences
}

/** Resolves when everything runs and has been told of. */
async function started(wanted: readonly number[], nodes: NodeProcess[], data: string, stop: AbortSignal): Promise<void> {
  write('Starting NATS, Redis and a MongoDB server.')
  const [nats, redis, mongo] = await Promise.all([startNats(), startRedis(), startMongo()])
  const secret = randomBytes(DEVELOPMENT_SECRET_BYTES)
  for (const [index, port] of wanted.entries()) {
    const name = `node-${index + 1}`
    const env = {
      PORT: String(port === 0 ? await freePort() : port),
      PARLEY_NODE: name,
      PARLEY_DATA_DIR: nodeData(data, name, secret),
      PARLEY_NATS_URL: nats.url,
      PARLEY_REDIS_URL: redis.url,
      PARLEY_MONGO_URL: mongo.url,
      // What is printed at the end has to be found again.
      PARLEY_LOG_LEVEL: process.env.PARLEY_LOG_LEVEL ?? 'warn',
    }
    const node = new NodeProcess({ name, env, write })
    nodes.push(node)
    void node.exit.then((how) => {
      if (!stop.aborted) complain(`${name} ended (${how}). To start it again:\n  ${againLine(env)}`)
    })
  }
  const urls = await Promise.all(nodes.map((node) => node.ready))
  const shared = { ...GUEST, cid: await conversationOn(urls[0] ?? '') }
  tell([nats, redis, mongo], nodes, urls, shared)
}

/** Every node takes the tokens of the others. */
function nodeData(data: string, name: string, secret: Uint8Array): string {
  const dir = join(data, name)
  mkdirSync(dir)
  writeFileSync(join(dir, 'dev-secret'), secret, { mode: 0o600 })
  return dir
}

async function conversationOn(url: string): Promise<string | undefined> {
  const { user, template, locale } = GUEST
  const token = async (): Promise<string> => (await fetchDevelopmentToken(url, user)) ?? ''
  const client = new ParleyClient({
    url: socketUrl(url),
    token,
    locale,
    client: { name: 'dev-cluster', version: '1', platform: 'node' },
  })
  try {
    await client.connect()
    return (await client.open({ template, locale })).cid
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error
    complain(`no conversation could be opened for the pages: ${error.message}`)
    return undefined
  } finally {
    client.close()
  }
}

function tell(
  services: readonly Service[],
  nodes: readonly NodeProcess[],
  urls: readonly string[],
  shared: SharedConversation,
): void {
  const lines = nodes.map(({ name, pid }, i) => ({ name, pid, url: urls[i] ?? '' }))
  write(greeting(services, lines, shared))
}

/** Ends when nothing is left to talk to. */
async function allEnded(nodes: readonly NodeProcess[], stop: AbortSignal): Promise<number> {
  await Promise.all(nodes.map((node) => node.exit))
  if (!stop.aborted) complain('no node is left')
  return 1
}
