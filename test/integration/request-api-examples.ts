import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { difference, type Names, named } from './protocol-examples.ts'
import type { Inbox, RequestPlace, Told } from './request-api-place.ts'

/**
 * The examples of docs/REQUEST-API.md: fenced `parley` blocks. `→ subject body` is a request, `← body` the next message on its reply
 * subject, each with its headers below it, indented; `→[w]` and `←[w]` belong together across blocks. `$service` and `$operator` are tokens.
 */
interface Step {
  readonly line: number
  readonly asks: boolean
  readonly label: string
  readonly text: string
  readonly headers: Record<string, string>
}

const STEP = /^([→←])(?:\[(\w+)\])? (.*)$/
const HEADER = /^ {4}([A-Za-z-]+): (.*)$/
const ROLES = { $service: 'service', $operator: 'operator' } as const

export function readRequestExamples(path: string): readonly Step[] {
  const steps: Step[] = []
  let open = false
  for (const [index, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (text.startsWith('```')) open = text === '```parley'
    else if (open) {
      const step = STEP.exec(text)
      const header = HEADER.exec(text)
      const last = steps.at(-1)
      if (step !== null) {
        steps.push({ line: index + 1, asks: step[1] === '→', label: step[2] ?? '', text: step[3] ?? '', headers: {} })
      } else if (header !== null && last !== undefined) {
        last.headers[header[1] ?? ''] = header[2] ?? ''
      } else {
        throw new Error(`${path}:${index + 1}: an example line begins with →, ← or is a header`)
      }
    }
  }
  return steps
}

export async function runRequestExamples(path: string, place: RequestPlace): Promise<void> {
  const names: Names = new Map()
  const inboxes = new Map<string, Inbox>()
  for (const step of readRequestExamples(path)) {
    if (step.asks) {
      inboxes.set(step.label, await request(step, place, names))
    } else {
      const inbox = inboxes.get(step.label)
      if (inbox === undefined) throw new Error(`line ${step.line}: nothing was asked`)
      check(step, await inbox.next(), names)
    }
  }
}

async function request({ text, headers }: Step, place: RequestPlace, names: Names): Promise<Inbox> {
  const [subject = '', ...rest] = text.split(' ')
  const body = JSON.parse(rest.join(' '), (_key, value: unknown) => named(value, names)) as object
  const sent: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const role = ROLES[value as keyof typeof ROLES]
    sent[name] = role === undefined ? value : await place.token(role, role === 'operator' ? 'olga' : 'crm')
  }
  return place.stream(subject, body, sent)
}

function check(step: Step, got: Told, names: Names): void {
  const at = `line ${step.line}: ${step.text}\ngot ${JSON.stringify(got.body)} ${JSON.stringify([...got.headers])}`
  expect(difference(JSON.parse(step.text), got.body, names, ''), at).toBeUndefined()
  for (const [name, value] of Object.entries(step.headers)) expect(got.headers.get(name), at).toBe(value)
}
