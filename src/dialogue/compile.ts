import type {
  CompiledAction,
  CompiledConstraint,
  CompiledDatum,
  CompiledLevels,
  CompiledSteps,
  CompiledTemplate,
  TemplateFault,
} from './compiled.ts'
import { compileExpression } from './expression.ts'
import { patternFault } from './pattern.ts'
import { type Action, type Datum, PART_TYPES, type StepName, type Steps, type Template } from './template.ts'
import { isTemplate, shapeFaults } from './template-schema.ts'
import { type CompiledText, compileText, placeholders } from './text.ts'
import { partNames } from './value.ts'

const FORM_TURNS_MAX = 60
const RESERVED = new Set(['form', 'vars', 'value', 'label', 'prototype', ...Object.getOwnPropertyNames(Object.prototype)])

export type Compilation =
  | { readonly ok: true; readonly template: CompiledTemplate }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] }

/**
 * Checks a template document and makes what conversations run. Every fault has a path into the document; a template with a
 * fault never reaches a conversation. Pure; costs milliseconds: callers cache by tenant, id and version.
 */
export function compile(document: unknown): Compilation {
  const shape = shapeFaults(document)
  if (!isTemplate(document, shape)) return { ok: false, faults: shape }
  const compiler = new Compiler(document)
  const template = compiler.run()
  return compiler.faults.length > 0 ? { ok: false, faults: compiler.faults } : { ok: true, template }
}

class Compiler {
  readonly faults: TemplateFault[] = []
  readonly #source: Template
  readonly #used = new Set<string>()
  readonly #locales: readonly string[]

  constructor(source: Template) {
    this.#source = source
    this.#locales = Object.keys(source.texts)
  }

  run(): CompiledTemplate {
    const source = this.#source
    if (source.scope === 'industry' && source.industry === undefined)
      this.#fault('industry', 'an industry template names its industry')
    for (const locale of this.#locales) {
      if (source.label[locale] === undefined) this.#fault(`label.${locale}`, `missing: texts exist in "${locale}"`)
    }
    const data = source.data.map((datum, index) => this.#datum(datum, index))
    const byId = new Map(data.map((datum) => [datum.id, datum]))
    const limits = source.limits ?? {}
    const template: CompiledTemplate = {
      id: source.id,
      version: source.version,
      source,
      locales: this.#locales,
      data,
      byId,
      introduction: this.#actions(source.introduction ?? [], 'introduction', ''),
      success: this.#actions(source.success ?? [], 'success', ''),
      confirm: source.confirm === 'always',
      formSteps: this.#steps(source.steps ?? {}, 'steps', 'form'),
      limits: {
        noMatch: limits.noMatch ?? 3,
        noInput: limits.noInput ?? 3,
        notConfirmed: limits.notConfirmed ?? 3,
        turns: limits.turns ?? 20,
        formTurns: FORM_TURNS_MAX,
        onExhausted: limits.onExhausted ?? 'fail-data',
      },
      texts: {},
      expectations: new Map(),
    }
    if (template.confirm && !source.steps?.confirmation) this.#fault('steps.confirmation', 'missing: "confirm" is "always"')
    return { ...template, texts: this.#texts(byId) }
  }

  #fault(path: string, msg: string): void {
    if (this.faults.length < 50) this.faults.push({ path, msg })
  }

  #datum(datum: Datum, index: number): CompiledDatum {
    const path = `data[${index}]`
    if (RESERVED.has(datum.id)) this.#fault(`${path}.id`, `"${datum.id}" is reserved`)
    if (this.#source.data.findIndex((other) => other.id === datum.id) !== index)
      this.#fault(`${path}.id`, `"${datum.id}" is used twice`)
    if (!datum.steps.start) this.#fault(`${path}.steps.start`, 'missing: every datum must be asked for')
    const confirm = datum.confirm ?? 'never'
    if (confirm !== 'never' && !datum.steps.confirmation) {
      this.#fault(`${path}.steps.confirmation`, 'missing: this datum is to be confirmed')
    }
    this.#contract(datum, path)
    return {
      id: datum.id,
      type: datum.type,
      required: datum.required ?? true,
      sensitive: datum.sensitive ?? false,
      confirmBelow: confirm === 'never' ? 0 : confirm === 'always' ? 2 : confirm.below,
      contract: datum.contract ?? {},
      parts: this.#parts(datum, path),
      partIds: (datum.subData ?? []).map((part) => part.id),
      constraints: (datum.constraints ?? []).flatMap((constraint, i) =>
        this.#constraint(datum, constraint, `${path}.constraints[${i}]`),
      ),
      steps: this.#steps(datum.steps, `${path}.steps`, datum.id),
      label: datum.label ?? {},
      synonyms: datum.synonyms ?? {},
      noInputMs: datum.noInputMs,
    }
  }

  #parts(datum: Datum, path: string): CompiledDatum['parts'] {
    const subData = datum.subData ?? []
    const known = partNames(datum.type)
    if (subData.length === 1) this.#fault(`${path}.subData`, 'a composite has at least two parts, this one has one')
    if (subData.length > 0 && known.length === 0) this.#fault(`${path}.subData`, `type "${datum.type}" has no parts`)
    return subData.map((part, i) => {
      const at = `${path}.subData[${i}]`
      if (known.length > 0 && !known.includes(part.id)) this.#fault(`${at}.id`, `one of ${known.join(', ')} was expected`)
      if (!(part.type in PART_TYPES) || part.type !== `${datum.type}.${part.id}`) {
        this.#fault(`${at}.type`, `"${datum.type}.${part.id}" was expected`)
      }
      if (subData.findIndex((other) => other.id === part.id) !== i) this.#fault(`${at}.id`, `"${part.id}" is used twice`)
      const node = `${datum.id}.${part.id}`
      return { id: part.id, node, steps: this.#steps(part.steps ?? {}, `${at}.steps`, node) }
    })
  }

  #contract(datum: Datum, path: string): void {
    const { pattern, values, min, max } = datum.contract ?? {}
    const at = `${path}.contract`
    if (datum.type === 'pattern') {
      const fault = pattern ? patternFault(pattern) : 'missing: the type is "pattern"'
      if (fault) this.#fault(`${at}.pattern`, fault)
    } else if (pattern) {
      this.#fault(`${at}.pattern`, `not for type "${datum.type}"`)
    }
    if (datum.type === 'choice') {
      if (!values) this.#fault(`${at}.values`, 'missing: the type is "choice"')
      const ids = new Set(values?.map((item) => item.id))
      if (values && ids.size !== values.length) this.#fault(`${at}.values`, 'an id is used twice')
      values?.forEach((item, i) => {
        for (const locale of this.#locales) {
          if (item.label[locale] === undefined)
            this.#fault(`${at}.values[${i}].label.${locale}`, `missing: texts exist in "${locale}"`)
        }
      })
    } else if (values) {
      this.#fault(`${at}.values`, `not for type "${datum.type}"`)
    }
    if (min !== undefined && max !== undefined && min > max) this.#fault(`${at}.min`, `greater than max (${max})`)
  }

  #constraint(datum: Datum, constraint: NonNullable<Datum['constraints']>[number], path: string): CompiledConstraint[] {
    const key = `${datum.id}.${constraint.say}`
    this.#used.add(key)
    this.#present(key, `${path}.say`)
    const holds = compileExpression(constraint.expr)
    if (typeof holds === 'string') {
      this.#fault(`${path}.expr`, holds)
      return []
    }
    return [{ id: constraint.id, holds, key }]
  }

  #steps(steps: Steps, path: string, scope: string): CompiledSteps {
    const compiled: { [step in StepName]?: CompiledLevels } = {}
    for (const [name, levels] of Object.entries(steps) as [StepName, Steps[StepName]][]) {
      if (levels) compiled[name] = levels.map((level, i) => this.#actions(level, `${path}.${name}[${i}]`, scope))
    }
    return compiled
  }

  #actions(actions: readonly Action[], path: string, scope: string): CompiledAction[] {
    return actions.flatMap((action, i) => this.#action(action, `${path}[${i}]`, scope))
  }

  #action(action: Action, path: string, scope: string): CompiledAction[] {
    const verbs = ['say', 'transfer', 'close', 'skip', 'set'].filter((verb) => verb in action)
    if (verbs.length !== 1) {
      this.#fault(path, `exactly one of say, transfer, close, skip, set was expected, got ${verbs.join(' and ') || 'none'}`)
      return []
    }
    if ('say' in action) {
      const keyOf = (name: string): string => (scope === '' ? name : `${scope}.${name}`)
      const keys = [action.say, ...(action.quickReplies ?? [])].map(keyOf)
      for (const key of keys) {
        this.#used.add(key)
        this.#present(key, `${path}.say`)
      }
      return [{ verb: 'say', key: keys[0] as string, quickReplies: keys.slice(1) }]
    }
    if ('transfer' in action) return [{ verb: 'transfer', queue: action.transfer }]
    if ('close' in action) return [{ verb: 'close', reason: action.close }]
    if ('set' in action) return [{ verb: 'set', values: action.set }]
    return [{ verb: 'skip' }]
  }

  #present(key: string, path: string): void {
    for (const locale of this.#locales) {
      if (!Object.hasOwn(this.#source.texts[locale] ?? {}, key)) this.#fault(path, `no text "${key}" in locale "${locale}"`)
    }
  }

  #texts(byId: ReadonlyMap<string, CompiledDatum>): CompiledTemplate['texts'] {
    const compiled: Record<string, ReadonlyMap<string, readonly CompiledText[]>> = {}
    for (const locale of this.#locales) {
      const table = new Map<string, readonly CompiledText[]>()
      for (const [key, text] of Object.entries(this.#source.texts[locale] ?? {})) {
        const path = `texts.${locale}["${key}"]`
        if (!this.#used.has(key)) this.#fault(path, 'no action says this text')
        table.set(key, this.#variants(typeof text === 'string' ? [text] : text, path, byId))
      }
      compiled[locale] = table
    }
    return compiled
  }

  #variants(texts: readonly string[], path: string, byId: ReadonlyMap<string, CompiledDatum>): CompiledText[] {
    return texts.flatMap((text) => {
      const compiled = compileText(text)
      if (typeof compiled === 'string') {
        this.#fault(path, compiled)
        return []
      }
      for (const name of placeholders(compiled)) {
        if (!isPlaceholder(name, byId))
          this.#fault(path, `"{${name}}" names no datum, no part of one, and neither value nor vars.…`)
      }
      return [compiled]
    })
  }
}

function isPlaceholder(name: string, byId: ReadonlyMap<string, CompiledDatum>): boolean {
  if (name === 'value') return true
  const [head = '', part, ...more] = name.split('.')
  if (more.length > 0) return false
  if (head === 'vars') return part !== undefined
  const datum = byId.get(head)
  return datum !== undefined && (part === undefined || partNames(datum.type).includes(part))
}
