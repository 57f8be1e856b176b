import { parseArgs } from 'node:util'

export interface ChatArguments {
  /** Base URL of the server, without a path. */
  readonly url: string
  readonly template: string
  readonly locale: string
  readonly user: string
  /** Without it the server's development mode is asked for one. */
  readonly token: string | undefined
}

export const USAGE = `Talks to a Parley server from the terminal.

  npm run chat -- [options]

  --url URL         the server (http://127.0.0.1:8080)
  --template ID     what to talk about (date-of-birth); /templates lists them
  --locale TAG      language of the conversation: en, it, es, fr or de, also with a region such as en-GB (en)
  --user NAME       who you are, in the server's development mode (terminal)
  --token TOKEN     an access token, for a server that is not in development mode
  --help            this text

Lines on standard input are sent in turn when it is not a terminal. Commands: /data, /templates, /help, /quit.
Exit codes: 0 the conversation ended or was left, 1 it could not be held, 2 wrong arguments.`

/** The arguments, `help`, or what is wrong with them. */
export function readArguments(argv: readonly string[]): ChatArguments | 'help' | { readonly wrong: string } {
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        url: text('http://127.0.0.1:8080'),
        template: text('date-of-birth'),
        locale: text('en'),
        user: text('terminal'),
        token: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help === true) return 'help'
    const { template, locale, user, token } = values
    const url = URL.parse(values.url)
    if (url === null || !/^https?:$/.test(url.protocol))
      return { wrong: `--url must be an http or https URL, not "${values.url}"` }
    return { url: url.origin, template, locale, user, token }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}
