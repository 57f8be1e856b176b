import { Ajv } from 'ajv'
import type { TemplateFault } from './compiled.ts'
import { DATUM_TYPES, PART_TYPES, STEP_NAMES, type Template } from './template.ts'

const KEY = '^[A-Za-z][A-Za-z0-9_-]{0,39}(\\.[A-Za-z0-9][A-Za-z0-9_-]{0,39}){0,5}$'
const DATUM_ID = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,39}$' }
const LOCALE = '^[a-z]{2,3}(-[A-Z]{2})?$'
const LABEL = { type: 'string', minLength: 1, maxLength: 200 }
const scalar = { type: ['string', 'number', 'boolean'], maxLength: 500 }

const object = (properties: Record<string, unknown>, required: readonly string[]): Record<string, unknown> => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const perLocale = (of: unknown): Record<string, unknown> => ({
  type: 'object',
  propertyNames: { pattern: LOCALE },
  additionalProperties: of,
  minProperties: 1,
  maxProperties: 50,
})
const words = perLocale({ type: 'array', maxItems: 50, items: LABEL })

const action = {
  type: 'object',
  minProperties: 1,
  properties: {
    say: { type: 'string', pattern: KEY },
    quickReplies: { type: 'array', maxItems: 10, items: { type: 'string', pattern: KEY } },
    ssml: { type: 'string', maxLength: 2000 },
    transfer: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
    close: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
    skip: { const: true },
    set: { type: 'object', maxProperties: 10, propertyNames: DATUM_ID, additionalProperties: scalar },
  },
  additionalProperties: false,
}
const actions = { type: 'array', minItems: 1, maxItems: 5, items: action }
const levels = { type: 'array', minItems: 1, maxItems: 10, items: actions }
const steps = object(Object.fromEntries(STEP_NAMES.map((name) => [name, levels])), [])

const count = { type: 'integer', minimum: 0, maximum: 100 }

/** JSON Schema of a template document: its shape only; what must agree with what is `compile`'s matter. */
export const TEMPLATE_SCHEMA = object(
  {
    id: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,63}$' },
    version: { type: 'integer', minimum: 1 },
    scope: { enum: ['universal', 'industry'] },
    industry: { type: 'string', minLength: 1, maxLength: 64 },
    origin: object({ factoryId: LABEL, factoryVersion: { type: 'integer' }, hash: LABEL }, ['factoryId', 'factoryVersion']),
    label: perLocale(LABEL),
    introduction: actions,
    data: {
      type: 'array',
      minItems: 1,
      maxItems: 32,
      items: object(
        {
          id: DATUM_ID,
          type: { enum: DATUM_TYPES },
          required: { type: 'boolean' },
          sensitive: { type: 'boolean' },
          confirm: {
            anyOf: [{ enum: ['never', 'always'] }, object({ below: { type: 'number', minimum: 0, maximum: 1 } }, ['below'])],
          },
          subData: {
            type: 'array',
            maxItems: 10,
            items: object({ id: DATUM_ID, type: { enum: Object.keys(PART_TYPES) }, steps }, ['id', 'type']),
          },
          constraints: {
            type: 'array',
            maxItems: 10,
            items: object({ id: DATUM_ID, expr: { type: 'string', minLength: 1 }, say: { type: 'string', pattern: KEY } }, [
              'id',
              'expr',
              'say',
            ]),
          },
          contract: object(
            {
              pattern: { type: ['string', 'null'] },
              values: {
                type: ['array', 'null'],
                minItems: 1,
                maxItems: 5000,
                items: object(
                  { id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' }, label: perLocale(LABEL), synonyms: words },
                  ['id', 'label'],
                ),
              },
              min: { type: 'number' },
              max: { type: 'number' },
              integer: { type: 'boolean' },
              maxLength: { type: 'integer', minimum: 1, maximum: 8000 },
              prefer: { enum: ['past', 'future'] },
              country: { type: 'string', pattern: '^[A-Z]{2}$' },
              unit: { type: 'string', minLength: 1, maxLength: 20 },
            },
            [],
          ),
          label: perLocale(LABEL),
          synonyms: words,
          steps,
          noInputMs: { type: 'integer', minimum: 1000, maximum: 3_600_000 },
        },
        ['id', 'type', 'steps'],
      ),
    },
    confirm: { enum: ['never', 'always'] },
    steps: object({ confirmation: levels, notConfirmed: levels }, []),
    success: actions,
    limits: object(
      {
        noMatch: count,
        noInput: count,
        notConfirmed: count,
        turns: { type: 'integer', minimum: 1, maximum: 60 },
        onExhausted: {
          anyOf: [
            { enum: ['fail-data', 'close'] },
            object({ transfer: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } }, ['transfer']),
          ],
        },
      },
      [],
    ),
    texts: perLocale({
      type: 'object',
      propertyNames: { pattern: KEY },
      maxProperties: 1000,
      additionalProperties: {
        anyOf: [
          { type: 'string', minLength: 1, maxLength: 2000 },
          { type: 'array', minItems: 1, maxItems: 10, items: { type: 'string', minLength: 1, maxLength: 2000 } },
        ],
      },
    }),
  },
  ['id', 'version', 'scope', 'label', 'data', 'texts'],
)

let validate: ReturnType<Ajv['compile']> | undefined

/** Faults of shape, at most 20; none: the document is a `Template`. */
export function shapeFaults(document: unknown): TemplateFault[] {
  validate ??= new Ajv({ allErrors: true, allowUnionTypes: true }).compile(TEMPLATE_SCHEMA)
  if (validate(document)) return []
  return (validate.errors ?? []).slice(0, 20).map((error) => ({
    path: jsonPath(error.instancePath),
    msg: `${error.message ?? 'does not fit'}${detail(error.params)}`,
  }))
}

function jsonPath(pointer: string): string {
  const names = pointer.split('/').slice(1)
  return names.reduce((path, raw) => {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    if (/^\d+$/.test(name)) return `${path}[${name}]`
    return /^[A-Za-z_]\w*$/.test(name) ? (path === '' ? name : `${path}.${name}`) : `${path}["${name}"]`
  }, '')
}

function detail(params: unknown): string {
  const { additionalProperty, allowedValues } = params as { additionalProperty?: string; allowedValues?: unknown[] }
  if (additionalProperty !== undefined) return `: "${additionalProperty}" is not known here`
  return allowedValues === undefined ? '' : `: ${allowedValues.join(', ')}`
}

export function isTemplate(_document: unknown, faults: readonly TemplateFault[]): _document is Template {
  return faults.length === 0
}
