import type { ClockWords, DayTime } from '../source.ts'

const WEEKDAYS = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonnabend', 'sonntag'] as const

/** "Montagabend", "mittwochfrühmorgens": the weekday is the calendar's, the part of the day ours. */
function ofWeek(...endings: string[]): string {
  return WEEKDAYS.flatMap((weekday) => endings.map((ending) => weekday + ending)).join(' ')
}

const dayTimes: readonly (readonly [string, DayTime])[] = [
  [`fruh frueh fruhmorgens fruehmorgens morgendammerung ${ofWeek('fruh', 'fruhmorgens')}`, 'dawn'],
  [`morgen morgens vormittag vormittags ${ofWeek('morgen', 'morgens', 'vormittag', 'vormittags')}`, 'morning'],
  [`mittags mittagszeit mittagspause mittagessen ${ofWeek('mittag', 'mittags')}`, 'noon'],
  [`nachmittag nachmittags ${ofWeek('nachmittag', 'nachmittags')}`, 'afternoon'],
  [`abend abends ${ofWeek('abend', 'abends')}`, 'evening'],
  [`nacht nachts ${ofWeek('nacht', 'nachts')}`, 'night'],
]

export const clock: ClockWords = {
  dayTimes,
  days: [],
  phrases: [
    ['früh morgens|frühen morgen|früh am morgen|am frühen morgen|in der früh|in aller frühe', 'dawn'],
    ['späten vormittag', 'morning'],
    ['frühen nachmittag|späten nachmittag', 'afternoon'],
    ['frühen abend|späten abend|spät am abend|spät abends', 'evening'],
    ['spät in der nacht|tief in der nacht', 'night'],
    ['mitte des vormittags|mitten am vormittag', 'midMorning'],
    ['mitte des nachmittags|mitten am nachmittag', 'midAfternoon'],
    ['mitte des tages', 'midday'],
    ['mitten in der nacht', 'midnight'],
    ['ende des tages|tagesende|feierabend', 'dayEnd'],
    ['ende des|ende von|ende vom', 'dayEndOf'],
    [
      'jetzt|genau jetzt|gerade jetzt|gerade eben|jetzt gerade|sofort|im moment|im augenblick|in diesem moment|in diesem augenblick|zur zeit|zurzeit|momentan|derzeit|' +
        'augenblicklich|unverzüglich|so früh wie möglich|so bald wie möglich|so schnell wie möglich|sobald wie möglich|sobald du kannst|sobald ich kann|zu diesem zeitpunkt|zum jetzigen zeitpunkt|schnellstmöglich|baldmöglichst|' +
        'umgehend|aktuelle uhrzeit|aktuelle zeit|nun',
      'now',
    ],
    [
      'guten morgen|guten abend|gute nacht|guten tag|schönen abend|schönen nachmittag|ab jetzt|von jetzt|von jetzt an|bis jetzt|ende des monats|ende des jahres',
      'none',
    ],
  ],
  distances: {
    ahead:
      'in den nächsten|innerhalb der nächsten|in|in etwa|in circa|in ca|in ungefähr|in weniger als|innerhalb von|binnen|in rund|nach|in knapp|in gut',
    behind: 'vor|vor etwa|vor ungefähr|vor circa|vor ca|vor rund|vor knapp|vor gut|vor weniger als',
    later: 'später|ab jetzt|von jetzt|von jetzt an|von jetzt an|ab sofort|danach|von jetzt',
    earlier: 'her|früher|zuvor|vorher|davor',
  },
  amounts: [
    ['ein paar|paar|ein paar mehr', 2],
    ['einige|einigen|wenige|wenigen|mehrere|mehreren', 3],
    ['ein dutzend|dutzend', 12],
    ['ein halbes dutzend', 6],
    ['anderthalb|eineinhalb|einundeinhalb|einundhalb', 1.5],
    ['eineinviertel|einundeinviertel', 1.25],
    ['eindreiviertel|eineindreiviertel|einunddreiviertel', 1.75],
    ['zweieinviertel|zweiundeinviertel', 2.25],
    ['zweidreiviertel|zweiunddreiviertel', 2.75],
    ['dreieinviertel|dreiundeinviertel', 3.25],
    ['dreidreiviertel|dreiunddreiviertel', 3.75],
    ['viereinviertel', 4.25],
    ['neuneinhalb', 9.5],
    ['zehneinhalb', 10.5],
    ['zweieinhalb|zweiundeinhalb', 2.5],
    ['dreieinhalb|dreiundeinhalb', 3.5],
    ['viereinhalb', 4.5],
    ['fünfeinhalb|fuenfeinhalb', 5.5],
    ['sechseinhalb', 6.5],
    ['siebeneinhalb', 7.5],
    ['achteinhalb', 8.5],
    ['dreiviertel|eine dreiviertel|einer dreiviertel|drei viertel|eine drei viertel', 0.75],
    ['viertel|eine viertel|einer viertel', 0.25],
    ['ein|eine|einen|einem|einer|eines', 1],
  ],
  lengths: [
    ['viertelstunde|eine viertelstunde|einer viertelstunde|viertelstündchen', 15, 'minute'],
    ['dreiviertelstunde|eine dreiviertelstunde|einer dreiviertelstunde', 45, 'minute'],
    ['halbstunde|halbes stündchen|ein halbes stündchen', 30, 'minute'],
    ['stündchen|ein stündchen', 1, 'hour'],
    ['quartal|ein quartal|quartale', 3, 'month'],
    ['halbjahr|ein halbes jahr|halbes jahr|einem halben jahr|halben jahr', 6, 'month'],
    ['jahrzehnt|ein jahrzehnt|jahrzehnte', 10, 'year'],
    ['jahrhundert|ein jahrhundert', 100, 'year'],
  ],
  dayTimeHours: { dawn: 6, morning: 6, noon: 12, afternoon: 15, evening: 18, night: 22 },
  halfDays: false,
  bareHalf: 'next',
  is: {
    unit: 'viertelstunde dreiviertelstunde halbstunde stundchen viertelstundchen quartal halbjahr jahrzehnt jahrhundert',
    am: '',
    pm: 'pm',
    half: 'halb halbe halber halben halbes',
    quarter: 'viertel',
    past: 'nach',
    to: 'vor',
    noon: 'mittag',
    midnight: 'mitternacht mitternachts',
    oclock: 'uhr punkt',
    at: 'um gegen ab bis seit nach vor etwa ca circa zirka ungefahr ungefaehr kurz auf zwischen @',
    minus: 'minus',
  },
  when: {
    ish: 'ish rum herum',
    hourMark: 'h uhr',
    threeQuarters: 'dreiviertel',
    softAt: 'auf bis seit nach vor ab etwa kurz',
    orTomorrow: 'morgen',
    partLead: 'heute gestern am diesen jeden ubermorgen uebermorgen vorgestern fruhen selben nachsten naechsten',
    joint: 'am im in der dem den des um diesen diesem ca so gegen von an zum vom und',
  },
}
