import type { ClockWords } from '../source.ts'

export const clock: ClockWords = {
  dayTimes: [
    ['morning', 0],
    ['afternoon evening night tonight', 12],
  ],
  halfDays: true,
  is: {
    am: 'am',
    pm: 'pm',
    half: 'half',
    quarter: 'quarter',
    past: 'past after',
    to: 'to before til till',
    noon: 'noon midday',
    midnight: 'midnight',
    oclock: 'clock oclock',
    at: 'at around about by from',
  },
  as: {},
}
