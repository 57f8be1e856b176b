import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../dialogue/compile.ts'
import type { Template } from '../dialogue/template.ts'
import { AppError } from '../kernel/rejection.ts'
import type { Factory } from './template-store.ts'

/**
 * The factory's templates from a folder of JSON files, read once. A file that does not compile stops the start, with its name
 * and the path of the first fault. Compiling is left to the first use unless `check` is set: the start stays quick.
 */
export function factoryFromFiles(directory: string, options: { check?: boolean } = {}): Factory {
  const templates = new Map<string, Template>()
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!entry.endsWith('.json')) continue
    const template = read(join(directory, entry))
    if (templates.has(template.id)) fail(entry, `id "${template.id}" is used by another file`)
    if (options.check) {
      const compiled = compile(template)
      if (!compiled.ok) fail(entry, compiled.faults.map(({ path, msg }) => `${path}: ${msg}`).join('; '))
    }
    templates.set(template.id, template)
  }
  return { get: (id) => templates.get(id), list: () => [...templates.values()] }
}

function read(file: string): Template {
  try {
    const document = JSON.parse(readFileSync(file, 'utf8')) as Template
    if (typeof document.id !== 'string' || !Array.isArray(document.data) || typeof document.texts !== 'object') {
      fail(file, 'id, data and texts were expected')
    }
    return document
  } catch (error) {
    if (error instanceof AppError) throw error
    return fail(file, error instanceof Error ? error.message : String(error))
  }
}

function fail(file: string, msg: string): never {
  throw new AppError('template.invalid', `factory template ${file}: ${msg}`, { retry: 'never' })
}
