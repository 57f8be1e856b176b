import type { ClockWords } from '../source.ts'

export const clock: ClockWords = { dayTimes: [], halfDays: false }
