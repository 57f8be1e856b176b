import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { OPERATIONS } from '../../src/gateway/request-api/schemas.ts'
import { readRequestExamples, runRequestExamples } from './request-api-examples.ts'
import { RequestPlace } from './request-api-place.ts'

const PAGE = fileURLToPath(new URL('../../docs/REQUEST-API.md', import.meta.url))

describe('the examples of docs/REQUEST-API.md', () => {
  it('are what a server answers', async () => {
    const place = await RequestPlace.start()
    await runRequestExamples(PAGE, place)
    await place.stop()
  })

  it('show the most of what can be asked, and the common errors', () => {
    const text = readRequestExamples(PAGE)
      .map((step) => step.text)
      .join('\n')
    const unseen = OPERATIONS.filter((operation) => !text.includes(`.${operation} `))
    expect(unseen).toEqual(['conv.list', 'conv.close', 'conv.watch.cancel', 'tpl.list'])
    for (const code of [400, 401, 403, 404, 409, 410, 504]) expect(text).toContain(`"code":${code}`)
  })
})
