import type { CalendarWords } from '../source.ts'

export const calendar: CalendarWords = {
  months: [
    'january jan',
    'february feb febuary',
    'march mar',
    'april apr',
    'may',
    'june jun',
    'july jul',
    'august aug',
    'september sep sept',
    'october oct',
    'november nov',
    'december dec',
  ],
  weekdays: [
    'monday mon mondays',
    'tuesday tue tues tuesdays',
    'wednesday wed weds wednesdays',
    'thursday thu thur thurs thursdays',
    'friday fri fridays',
    'saturday sat saturdays',
    'sunday sun sundays',
  ],
  days: [
    ['today tonight', 0],
    ['tomorrow tomorow tommorow tmr tmrw', 1],
    ['yesterday', -1],
  ],
  dayPhrases: [
    ['the day after tomorrow|day after tomorrow', 2],
    ['the day before yesterday|day before yesterday', -2],
  ],
  units: [
    ['second seconds sec secs', 'second'],
    ['minute minutes min mins', 'minute'],
    ['hour hours hr hrs', 'hour'],
    ['day days', 'day'],
    ['week weeks wk wks', 'week'],
    ['month months', 'month'],
    ['year years yr yrs', 'year'],
  ],
  is: {
    next: 'next coming following upcoming',
    last: 'last past previous',
    this: 'this',
    ago: 'ago',
    within: 'in within',
    article: 'the a an',
    of: 'of',
  },
  as: {
    soft: 'may march mar sun sat mon wed dec second august',
  },
}
