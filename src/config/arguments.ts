import { SCHEMA } from './schema.ts'

const ROLES = '--roles'

/** `env`: variables that win over those of the environment. `wrong`: a sentence. */
export type Arguments = { readonly help: true } | { readonly env: Readonly<Record<string, string>> } | { readonly wrong: string }

/** Reads the command line: `--help`, or `--roles gateway,actors`; of several the last counts. */
export function readArguments(argv: readonly string[]): Arguments {
  const { env, expected, parse } = SCHEMA.Cluster.roles
  let chosen: string | undefined
  const waiting = argv.values()
  for (const argument of waiting) {
    if (argument === '--help' || argument === '-h') return { help: true }
    if (argument !== ROLES && !argument.startsWith(`${ROLES}=`)) {
      return { wrong: `unknown argument ${JSON.stringify(argument)}; options are environment variables, see --help` }
    }
    const given = argument === ROLES ? waiting.next().value : argument.slice(ROLES.length + 1)
    if (given === undefined || parse(given) === undefined) {
      return { wrong: `${ROLES}${given === undefined ? '' : ` ${JSON.stringify(given)}`}: expected ${expected}` }
    }
    chosen = given
  }
  return { env: chosen === undefined ? {} : { [env]: chosen } }
}
