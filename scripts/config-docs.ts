// Writes docs/CONFIGURATION.md from the schema.
import { writeFileSync } from 'node:fs'
import { configMarkdown } from '../src/config/print.ts'

writeFileSync(new URL('../docs/CONFIGURATION.md', import.meta.url), configMarkdown())
