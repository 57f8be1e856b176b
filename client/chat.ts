import { ParleyClient, ParleyError } from './index.ts'
import { fetchDevelopmentToken, fetchTemplates, socketUrl } from './server-api.ts'
import { type ChatArguments, readArguments, USAGE } from './terminal/arguments.ts'
import { Lines } from './terminal/lines.ts'
import { TerminalChat } from './terminal/terminal-chat.ts'
import { dataNames, type NameOf } from './values.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)

async function developmentToken(url: string, user: string): Promise<string> {
  const token = await fetchDevelopmentToken(url, user)
  if (token !== undefined) return token
  throw new ParleyError('unauthorized', 401, 'this server is not in development mode: give it a token with --token')
}

/** Holds one conversation; gives the exit code. */
async function chat({ url, template, locale, user, token }: ChatArguments): Promise<number> {
  const getToken = async (): Promise<string> => token ?? (await developmentToken(url, user))
  const firstToken = await getToken() // tells at once when no server is there
  const client = new ParleyClient({
    url: socketUrl(url),
    token: getToken,
    locale,
    client: { name: 'parley-chat', version: '1', platform: 'terminal' },
  })
  client.on('status', ({ state, error }) => {
    if (state === 'waiting') complain(`-- ${error?.message ?? 'the connection was lost'}; trying again`)
  })
  const lines = new Lines(process.stdin)
  process.once('SIGINT', () => lines.close())
  try {
    await client.connect()
    const conversation = await client.open({ template, locale })
    const typed = process.stdin.isTTY === true
    const templates = () => fetchTemplates(url, firstToken)
    const offer = (await templates()).find(({ id }) => id === template)
    const nameOf: NameOf = (id) => dataNames(offer?.data ?? [], conversation.locale)(id)
    const session = new TerminalChat(conversation, { write, typed, templates, nameOf })
    if (typed) write(`${template} · ${locale} · /help tells the commands`)
    client.on('status', ({ state, error }) => {
      if (state === 'stopped' && error !== undefined) session.fail(error)
    })
    void session.ended.then(() => lines.close())
    await session.run(() => lines.next())
    return session.failure === undefined ? 0 : 1
  } finally {
    lines.close()
    client.close()
  }
}

/** `… | head` reads a few lines and goes: the conversation is then left, as with /quit, and nothing is said. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const given = readArguments(process.argv.slice(2))
if (given === 'help') {
  write(USAGE)
} else if ('wrong' in given) {
  complain(`${given.wrong}\n\n${USAGE}`)
  process.exitCode = 2
} else {
  try {
    process.exitCode = await chat(given)
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error
    complain(
      error.name === 'unreachable' ? `${error.message}. Is it running? (npm start; --url tells another address)` : error.message,
    )
    process.exitCode = 1
  }
}
