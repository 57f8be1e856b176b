import type { ClockWords } from '../source.ts'

export const clock: ClockWords = {
  dayTimes: [
    ['mattina mattino stamattina', 0],
    ['pomeriggio sera serata stasera notte', 12],
  ],
  halfDays: false,
  is: {
    am: 'am',
    pm: 'pm',
    half: 'mezza mezzo mezz',
    quarter: 'quarto',
    noon: 'mezzogiorno mezzodi',
    midnight: 'mezzanotte',
    oclock: 'precise punto',
    at: 'alle all ore le verso dalle alla circa',
  },
  as: {
    oneOclock: 'una',
  },
}
