import type { ClockWords } from '../source.ts'

export const clock: ClockWords = {
  dayTimes: [
    ['dawn sunrise daybreak', 'dawn'],
    ['morning mornings', 'morning'],
    ['lunchtime lunch', 'noon'],
    ['afternoon afternoons', 'afternoon'],
    ['evening evenings dinnertime', 'evening'],
    ['night nighttime tonight tonite', 'night'],
  ],
  days: [['tonight tonite', 0]],
  phrases: [
    ['early morning|early in the morning|early hours|small hours', 'dawn'],
    ['lunch time|lunch hour', 'noon'],
    ['late afternoon|early afternoon', 'afternoon'],
    ['early evening|late evening|dinner time', 'evening'],
    ['late night|late at night|late tonight', 'night'],
    ['mid morning|midmorning|middle of the morning', 'midMorning'],
    ['mid afternoon|midafternoon|middle of the afternoon', 'midAfternoon'],
    ['mid day|middle of the day|high noon', 'midday'],
    ['mid night|middle of the night', 'midnight'],
    ['end of the day|end of day|end of business|close of business|eod|eob', 'dayEnd'],
    ['end of', 'dayEndOf'],
    [
      'now|right now|just now|at the moment|at this moment|at the minute|at this minute|at present|at the present time|at this time|' +
        'currently|immediately|straight away|straightaway|right away|asap|as soon as possible|as soon as you can|as soon as we can|' +
        'this instant|this very moment|this minute|current time|the current time',
      'now',
    ],
    ['good morning|good afternoon|good evening|good night|night club|by now|until now|end of the line|day and night', 'none'],
  ],
  distances: {
    ahead:
      'in the next|within the next|over the next|in|within|after|in about|in another|in less than|in under|in around|in just',
    behind: '',
    later: 'from now|from right now|later|hence|out|from this moment|from the present moment',
    earlier: 'ago|earlier|before|back|before now',
  },
  amounts: [
    ['a couple of|couple of|a couple|a pair of|pair of|couple more', 2],
    ['a few|few|several|some|a few more|a handful of', 3],
    ['a dozen|dozen', 12],
    ['half a dozen', 6],
    ['a|an|another', 1],
  ],
  lengths: [
    ['quarter of an hour|a quarter of an hour|quarter hour|a quarter hour|quarter of hour', 15, 'minute'],
    ['three quarters of an hour|three quarters of hour|three quarter hours', 45, 'minute'],
    ['fortnight|fortnights|a fortnight', 14, 'day'],
    ['decade|decades|a decade', 10, 'year'],
    ['century|centuries|a century', 100, 'year'],
  ],
  dayTimeHours: { dawn: 6, morning: 6, noon: 12, afternoon: 15, evening: 20, night: 22 },
  halfDays: true,
  bareHalf: 'same',
  is: {
    unit: 'fortnight fortnights decade decades century centuries',
    am: 'am',
    pm: 'pm',
    half: 'half',
    quarter: 'quarter quarters',
    past: 'past after',
    to: 'to before til till',
    noon: 'noon midday',
    midnight: 'midnight',
    oclock: 'clock oclock',
    at: 'at around about by from until till til after before since approximately than @ ~',
  },
  when: {
    ish: 'ish',
    hourMark: 'h',
    softAt: 'by than about for around from after before since',
    softTo: 'to',
    minutesTo: 'of',
    joint: 'on in the this of for at by s is was a',
    partLead: '',
  },
}
