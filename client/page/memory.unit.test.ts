import { describe, expect, test } from 'vitest'
import { Memory } from './memory.ts'

function memoryAt(address: string): Memory {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const memory = new Memory(() => storage as Storage)
  memory.take(new URLSearchParams(address))
  return memory
}

describe('an address', () => {
  test('hands over who to be and which conversation to show', () => {
    const memory = memoryAt('user=guest&template=date-of-birth&locale=it&conversation=C1')
    expect(memory.user).toBe('guest')
    expect(memory.conversation('date-of-birth')).toEqual({ cid: 'C1', locale: 'it' })
    expect(memory.conversation('email')).toBeUndefined()
  })

  test('without these leaves a name of its own and no conversation', () => {
    const memory = memoryAt('template=date-of-birth&locale=it')
    expect(memory.user).toMatch(/^guest-[a-z0-9]{6}$/)
    expect(memory.conversation('date-of-birth')).toBeUndefined()
  })

  test('hands over no conversation without its topic, and nothing that is no id', () => {
    expect(memoryAt('conversation=C1').conversation('')).toBeUndefined()
    const memory = memoryAt('user=a%20b&template=date-of-birth&conversation=../x')
    expect(memory.user).toMatch(/^guest-/)
    expect(memory.conversation('date-of-birth')).toBeUndefined()
  })
})
