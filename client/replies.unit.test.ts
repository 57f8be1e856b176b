import { describe, expect, it } from 'vitest'
import type { Prompt } from '../src/protocol/frames.ts'
import { repliesOf } from './replies.ts'

const prompt = (expects: Prompt['expects']): Prompt => ({
  node: 'n',
  step: 'start',
  level: 1,
  ...(expects === undefined ? {} : { expects }),
})

describe('offered answers', () => {
  it('are the choices by id, then the quick replies that are not among them', () => {
    const choices = [{ id: 'mail', label: 'By e-mail' }]
    expect(repliesOf(prompt({ kind: 'choice', choices }), [{ label: 'By e-mail' }, { label: 'Skip' }], 'en')).toEqual([
      { label: 'By e-mail', choice: 'mail' },
      { label: 'Skip' },
    ])
  })

  it('are yes and no for a plain confirmation, in a language whose words are known', () => {
    expect(repliesOf(prompt({ kind: 'yes-no' }), undefined, 'it-CH').map((reply) => reply.label)).toEqual(['Sì', 'No'])
    expect(repliesOf(prompt({ kind: 'yes-no' }), undefined, 'fr').map((reply) => reply.label)).toEqual(['Oui', 'Non'])
    expect(repliesOf(prompt({ kind: 'yes-no' }), undefined, 'pt')).toEqual([])
    expect(repliesOf(prompt({ kind: 'yes-no' }), [{ label: 'Sure' }], 'en')).toEqual([{ label: 'Sure' }])
  })

  it('are none for an open question, and at most twelve', () => {
    expect(repliesOf(prompt({ kind: 'date' }), undefined, 'en')).toEqual([])
    expect(repliesOf(undefined, undefined, 'en')).toEqual([])
    const many = Array.from({ length: 30 }, (_, index) => ({ label: `r${index}` }))
    expect(repliesOf(undefined, many, 'en').length).toBe(12)
  })
})
