import type { CalendarWords } from '../source.ts'

export const calendar: CalendarWords = { months: [], weekdays: [], days: [], dayPhrases: [], units: [] }
