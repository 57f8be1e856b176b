import { type ASTNode, Environment } from '@marcbachmann/cel-js'

/** CEL constraints are compiled once, with limits that make their cost small whatever the values are. */
const TEXT_MAX = 500
const LIMITS = { maxAstNodes: 200, maxDepth: 24, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 8 } as const

/** `matches` is left out: the library runs it on the built-in backtracking engine. Patterns belong into the contract. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'size',
  'startsWith',
  'endsWith',
  'contains',
  'has',
  'int',
  'double',
  'string',
  'bool',
  'all',
  'exists',
  'exists_one',
  'filter',
  'map',
])
const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])

const environment = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS })
  .registerVariable('value', 'dyn')
  .registerVariable('data', 'map')
  .registerVariable('vars', 'map')
  .registerVariable('today', 'string')
  .registerVariable('now', 'string')
  .registerVariable('locale', 'string')

export interface ExpressionScope {
  readonly value: unknown
  /** Values of the form's data that are filled, by id. */
  readonly data: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, unknown>>
  /** `YYYY-MM-DD` and `YYYY-MM-DDTHH:MM` in the conversation's zone. */
  readonly today: string
  readonly now: string
  readonly locale: string
}

/** True when satisfied. An expression that fails on a value (a missing part, an odd type) is not satisfied. */
export type CompiledExpression = (scope: ExpressionScope) => boolean

/** Compiles a boolean CEL expression; a string is the fault, with its position. */
export function compileExpression(source: string): CompiledExpression | string {
  if (source.length > TEXT_MAX) return `longer than ${TEXT_MAX} characters`
  try {
    const parsed = environment.parse(source)
    const fault = costFault(parsed.ast, 0)
    if (fault !== undefined) return fault
    const checked = parsed.check()
    if (!checked.valid) return firstLine(checked.error)
    if (checked.type !== 'bool' && checked.type !== 'dyn') return `gives ${checked.type}, a boolean was expected`
    return (scope) => satisfied(parsed, scope)
  } catch (error) {
    return firstLine(error)
  }
}

function satisfied(parsed: (context: Record<string, unknown>) => unknown, scope: ExpressionScope): boolean {
  try {
    return parsed(scope as unknown as Record<string, unknown>) === true
  } catch {
    // The library throws on type errors of the user's value ("abc" >= 0): the constraint is then not satisfied.
    return false
  }
}

function costFault(node: ASTNode, macros: number): string | undefined {
  let depth = macros
  if (node.op === 'call' || node.op === 'rcall') {
    const name = node.args[0]
    if (!FUNCTIONS.has(name)) return `function "${name}" is not available at ${node.range.start}`
    if (MACROS.has(name)) depth++
    if (depth > 1) return `"${name}" inside another list macro at ${node.range.start}`
  }
  // Texts joined for each item grow as fast as a hostile author likes: 18 ms for what 500 characters can say.
  if (node.op === '+' && macros > 0) return `"+" inside a list macro at ${node.range.start}`
  for (const child of children(node.args)) {
    const fault = costFault(child, depth)
    if (fault !== undefined) return fault
  }
  return undefined
}

function children(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(children)
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : []
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const position = (error as { range?: { start: number } }).range?.start
  return (text.split('\n')[0] ?? text) + (position === undefined ? '' : ` at ${position}`)
}
