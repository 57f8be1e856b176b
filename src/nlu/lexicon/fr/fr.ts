import type { LexiconSource } from '../source.ts'
import { calendar } from './calendar.ts'
import { clock } from './clock.ts'
import { numbers } from './numbers.ts'
import { spelling } from './spelling.ts'
import { talk } from './talk.ts'

export const fr: LexiconSource = { language: 'fr', numbers, calendar, clock, spelling, talk }
