import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServerProcess, temporaryData } from './server-process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const run = promisify(execFile)

/** The fenced blocks of a language, in order. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , text]) => text ?? '')
}

/** The message that the README posts. */
function firstRequest(): { readonly path: string; readonly body: string } {
  const [, path = '', body = ''] = /:8080(\/api\/v2\/chat\/message)[\s\S]* -d '(\{.*\})'/.exec(blocks('sh').join('\n')) ?? []
  return { path, body }
}

const trimmed = (text: string): string => text.replaceAll(/ +$/gm, '').trimEnd()

describe('the README', () => {
  let data: Awaited<ReturnType<typeof temporaryData>>
  let folder: string
  let server: ServerProcess
  let base: string

  beforeAll(async () => {
    data = await temporaryData()
    folder = await mkdtemp(join(tmpdir(), 'parley-readme-'))
    server = new ServerProcess({ PORT: '0', PARLEY_DATA_DIR: data.dir })
    base = await server.ready
  })
  afterAll(async () => {
    server.kill('SIGKILL')
    await server.exit
    await data.remove()
    await rm(folder, { recursive: true, force: true })
  })

  test('shows the example as it lies in its file', () => {
    expect(blocks('js')).toEqual([readFileSync(join(root, 'examples/first-conversation.mjs'), 'utf8')])
  })

  test('shows a first conversation that runs, and what it prints', async () => {
    const file = join(folder, 'first-conversation.mjs')
    await writeFile(file, blocks('js')[0] ?? '')
    const { stdout } = await run(process.execPath, [file], { env: { ...process.env, PORT: new URL(base).port } })
    expect(trimmed(stdout)).toBe(trimmed(blocks('text')[0] ?? ''))
  })

  test('shows what the terminal chat writes', async () => {
    const [command = '', ...written] = (blocks('console')[0] ?? '').split('\n')
    const { stdout } = await run('sh', ['-c', `${command.replace(/^\$ /, '')} --url ${base}`], { cwd: root })
    expect(trimmed(stdout)).toBe(trimmed(written.join('\n')))
  })

  test('shows a terminal chat that ends quietly when its reader goes', async () => {
    const [command = '', said = ''] = (blocks('console')[0] ?? '').split('\n')
    const line = `${command.replace(/^\$ /, '')} --url ${base} | head -1`
    const { stdout, stderr } = await run('sh', ['-c', line], { cwd: root })
    expect({ stdout, stderr }).toEqual({ stdout: `${said}\n`, stderr: '' })
  })

  test('shows a request and the answer to it', async () => {
    const { token } = (await (await fetch(`${base}/api/v2/dev/token?user=ada`)).json()) as { token: string }
    const { path, body } = firstRequest()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(base + path, { method: 'POST', headers, body })
    expect(await answer.json()).toMatchObject(JSON.parse(blocks('json')[0] ?? '') as object)
  })

  test('shows how the language is chosen', async () => {
    const { path, body } = firstRequest()
    const [locale = ''] = /"locale": "it"/.exec(readme) ?? []
    const { token } = (await (await fetch(`${base}/api/v2/dev/token?user=bice`)).json()) as { token: string }
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(base + path, { method: 'POST', headers, body: body.replace('{', `{${locale},`) })
    expect(await answer.json()).toMatchObject({ messages: [{ body: 'Qual è la tua data di nascita?' }, {}] })
    expect(readme).toContain("{ template: 'date-of-birth', locale: 'it' }")
  })

  test('names scripts and files that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, name]) => name ?? '')
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
    const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '')
    expect(linked.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
