import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ulid } from '../../src/kernel/ids.ts'
import { codecOf } from '../../src/protocol/codec.ts'
import type { Frame } from '../../src/protocol/frames.ts'
import type { RunningServer, StartServer } from '../fixtures/gateway-server.ts'
import { WireClient } from '../fixtures/wire-client.ts'

/**
 * Runs the examples of docs/PROTOCOL.md. Every fenced `jsonl` block is one connection; its info string may name a
 * `subprotocol=`. Lines: `→ frame` is sent, `← frame` is the next frame that must come, `← close 4001` ends the block.
 * `"$name"` stands for a value that the first frame with it decides (unbound in a sent frame: a fresh id; `$token…`: a token
 * of the user `ada`) and that all blocks share; `"…"` stands for any value; a server's frame may have more fields than are shown.
 */
export interface Step {
  readonly line: number
  readonly direction: '→' | '←'
  readonly text: string
}
export interface Example {
  readonly title: string
  readonly subprotocol: string
  readonly steps: readonly Step[]
}

/** May come at any time and may be left out of an example. */
const PASSING: ReadonlySet<string> = new Set(['typing', 'receipt', 'data.update', 'rate', 'flow'])
const OPTIONS = /^```jsonl(?: subprotocol=(\S+))?$/

export function readExamples(path: string): Example[] {
  const examples: Example[] = []
  let title = ''
  let open: { title: string; subprotocol: string; steps: Step[] } | undefined
  for (const [index, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    const fence = OPTIONS.exec(text)
    if (text.startsWith('#')) title = text.replace(/^#+ /, '')
    if (fence !== null) open = { title: `${title}, line ${index + 1}`, subprotocol: fence[1] ?? 'parley.v1.json', steps: [] }
    else if (text === '```' && open !== undefined) {
      examples.push(open)
      open = undefined
    } else if (open !== undefined) {
      const direction = text[0]
      if (direction !== '→' && direction !== '←') throw new Error(`${path}:${index + 1}: an example line begins with → or ←`)
      open.steps.push({ line: index + 1, direction, text: text.slice(1).trim() })
    }
  }
  return examples
}

export type Names = Map<string, unknown>

/** Registers one test per example; they share a server and the names, and run in order. */
export function runExamples(path: string, start: StartServer): void {
  const names: Names = new Map()
  let server: Promise<RunningServer> | undefined
  const examples = readExamples(path)
  for (const [index, example] of examples.entries()) {
    it(example.title, async () => {
      server ??= start()
      const running = await server
      try {
        await runExample(example, running, names)
      } finally {
        if (index === examples.length - 1) await running.stop()
      }
    })
  }
}

async function runExample(example: Example, server: RunningServer, names: Names): Promise<void> {
  const codec = codecOf(example.subprotocol)
  const options = codec === undefined ? { subprotocols: [example.subprotocol] } : { codec }
  const client = await WireClient.open(server, options)
  for (const step of example.steps) {
    if (step.direction === '→') await sendStep(step, client, server, names)
    else if (step.text.startsWith('close ')) expect(await client.closed(), at(step)).toBe(Number(step.text.slice(6)))
    else await expectStep(step, client, names)
  }
  if (client.closeCode === undefined) await client.leave()
}

const at = (step: Step): string => `line ${step.line}: ${step.text}`

async function sendStep(step: Step, client: WireClient, server: RunningServer, names: Names): Promise<void> {
  if (!step.text.startsWith('{')) {
    client.sendRaw(step.text)
    return
  }
  for (const [name] of step.text.matchAll(/\$\w+/g)) {
    if (!names.has(name)) names.set(name, name.startsWith('$token') ? await server.token('ada') : ulid(Date.now()))
  }
  client.send(JSON.parse(step.text, (_key, value: unknown) => named(value, names)) as Frame)
}

export const named = (value: unknown, names: Names): unknown =>
  typeof value === 'string' && value.startsWith('$') ? names.get(value) : value

async function expectStep(step: Step, client: WireClient, names: Names): Promise<void> {
  const wanted = JSON.parse(step.text) as Frame
  for (;;) {
    const frame = await client.next((one) => one.t === wanted.t || !PASSING.has(one.t))
    const learned: Names = new Map(names)
    const found = difference(wanted, frame, learned, '')
    if (found !== undefined && PASSING.has(frame.t)) continue
    expect(found, `${at(step)}\ngot ${JSON.stringify(frame)}`).toBeUndefined()
    for (const [name, value] of learned) names.set(name, value)
    return
  }
}

/** The path of the first thing that is not as shown. Binds names on the way. */
export function difference(wanted: unknown, got: unknown, names: Names, path: string): string | undefined {
  if (wanted === '…') return got === undefined ? `${path} is missing` : undefined
  if (typeof wanted === 'string' && wanted.startsWith('$')) {
    if (!names.has(wanted)) names.set(wanted, got)
    return names.get(wanted) === got && got !== undefined ? undefined : `${path} is not ${wanted}`
  }
  if (typeof wanted !== 'object' || wanted === null) return wanted === got ? undefined : `${path} is ${JSON.stringify(got)}`
  if (typeof got !== 'object' || got === null || Array.isArray(wanted) !== Array.isArray(got)) return `${path} has another shape`
  if (Array.isArray(wanted) && wanted.length !== (got as unknown[]).length)
    return `${path} has ${(got as unknown[]).length} items`
  for (const [key, value] of Object.entries(wanted)) {
    const found = difference(value, (got as Record<string, unknown>)[key], names, `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
