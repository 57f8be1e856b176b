// `npm run lint:templates [FOLDER]`: the factory library in five languages, checked for what the compiler cannot know.
import { fileURLToPath } from 'node:url'
import { factoryFromFiles } from '../src/tenancy/factory-files.ts'
import { lintTemplates } from './template-lint.ts'

const folder = process.argv[2] ?? fileURLToPath(new URL('../templates', import.meta.url))
const templates = factoryFromFiles(folder).list()
const faults = lintTemplates(templates)
for (const { template, rule, path, msg } of faults) console.error(`${template}  ${rule}  ${path}: ${msg}`)
console.log(`${templates.length} templates, ${faults.length} faults`)
if (faults.length > 0) process.exitCode = 1
