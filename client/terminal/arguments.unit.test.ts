import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

describe('the arguments of the terminal chat', () => {
  it('have defaults for a server on this machine', () => {
    expect(readArguments([])).toEqual({
      url: 'http://127.0.0.1:8080',
      template: 'date-of-birth',
      locale: 'en',
      user: 'terminal',
      token: undefined,
    })
  })

  it('are taken as given, the URL without its path', () => {
    expect(readArguments(['--url', 'https://chat.example.com/x', '--token', 't', '--locale', 'it'])).toMatchObject({
      url: 'https://chat.example.com',
      token: 't',
      locale: 'it',
    })
    expect(readArguments(['-h'])).toBe('help')
  })

  it('are refused with a reason', () => {
    expect(readArguments(['--url', 'localhost'])).toMatchObject({ wrong: expect.stringContaining('--url') })
    expect(readArguments(['--tenplate', 'x'])).toMatchObject({ wrong: expect.stringContaining('--tenplate') })
  })
})
