import { createHash } from 'node:crypto'

export interface Script {
  readonly name: string
  readonly lua: string
  readonly sha: string
}

/** Flags as in the manual's "Eval scripts": without `allow-oom` a server above its `maxmemory` refuses it whole, before it starts. */
export function script(name: string, flags: '' | 'allow-oom' | 'no-writes', body: string): Script {
  const lua = `#!lua${flags === '' ? '' : ` flags=${flags}`}\n${body.trim()}\n`
  return { name, lua, sha: createHash('sha1').update(lua).digest('hex') }
}
