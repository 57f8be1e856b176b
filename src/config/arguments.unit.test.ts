import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test.each([[[]], [['--roles', 'gateway']], [['--roles=actors,gateway']]])('%j is understood', (argv) => {
  const roles = argv.join(' ').split(/[= ]/)[1]
  expect(readArguments(argv)).toEqual({ env: roles === undefined ? {} : { PARLEY_ROLES: roles } })
})

test.each([[['--help']], [['-h']], [['--roles', 'gateway', '--help']]])('%j asks for help', (argv) => {
  expect(readArguments(argv)).toEqual({ help: true })
})

test.each([
  [['serve'], 'unknown argument "serve"; options are environment variables, see --help'],
  [['--port', '1'], 'unknown argument "--port"; options are environment variables, see --help'],
  [['--roles', 'worker'], '--roles "worker": expected a list between commas of gateway, actors'],
  [['--roles='], '--roles "": expected a list between commas of gateway, actors'],
  [['--roles'], '--roles: expected a list between commas of gateway, actors'],
  [['--help=yes'], 'unknown argument "--help=yes"; options are environment variables, see --help'],
])('%j is refused', (argv, wrong) => {
  expect(readArguments(argv)).toEqual({ wrong })
})
