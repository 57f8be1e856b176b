import type { CalendarWords } from '../source.ts'
import { feasts, softFeasts } from './feasts.ts'

/** The endings of an adjective: `nächst` gives nächste, nächsten, … */
const forms = (...stems: readonly string[]): string =>
  stems.flatMap((stem) => ['e', 'en', 'er', 'es', 'em'].map((ending) => stem + ending)).join(' ')
const phrases = (...stems: readonly string[]): string => forms(...stems).replaceAll(' ', '|')

/** A weekday with its endings, its abbreviation, and the parts of the day that are written as one word with it. */
const weekday = (name: string, short: string): string =>
  [
    '',
    's',
    'e',
    'en',
    'morgen',
    'vormittag',
    'mittag',
    'nachmittag',
    'abend',
    'nacht',
    'früh',
    'frühmorgens',
    'morgens',
    'abends',
    'nachmittags',
    'vormittags',
    'mittags',
    'nachts',
  ]
    .map((ending) => name + ending)
    .concat(short)
    .join(' ')

export const calendar: CalendarWords = {
  months: [
    'januar janner jaenner jan jann januars',
    'februar feber feb febr februars',
    'marz maerz mrz marzes',
    'april apr aprils',
    'mai mais',
    'juni juno jun',
    'juli julei jul',
    'august aug augusts agustus',
    'september sept sep',
    'oktober okt oct',
    'november nov',
    'dezember dez dec',
  ],
  weekdays: [
    weekday('montag', 'mo'),
    weekday('dienstag', 'di'),
    weekday('mittwoch', 'mi'),
    weekday('donnerstag', 'do'),
    weekday('freitag', 'fr'),
    `${weekday('samstag', 'sa')} ${weekday('sonnabend', 'sa')}`,
    weekday('sonntag', 'so'),
  ],
  days: [
    ['heute heut', 0],
    ['morgen', 1],
    ['ubermorgen uebermorgen', 2],
    ['uberubermorgen', 3],
    ['gestern', -1],
    ['vorgestern', -2],
    ['vorvorgestern', -3],
  ],
  dayPhrases: [
    [
      'am nächsten tag|am folgenden tag|am tag darauf|am tag danach|der nächste tag|nächsten tag|folgenden tag|tags darauf|den nächsten tag',
      1,
    ],
    [
      'am vorherigen tag|am tag zuvor|am tag davor|der vorherige tag|letzten tag|am vortag|tags zuvor|der letzte tag|am letzten tag',
      -1,
    ],
    ['heutiger tag|am heutigen tag|diesen tag|an diesem tag|dieser tag|am selben tag|am gleichen tag', 0],
    ['am morgigen tag|der morgige tag', 1],
    ['am gestrigen tag|der gestrige tag', -1],
  ],
  mentions: 'zu dieser zeit',
  units: [
    ['sekunde sekunden sek', 'second'],
    ['minute minuten min', 'minute'],
    ['stunde stunden std', 'hour'],
    ['tag tage tagen tags tages tg tagn', 'day'],
    ['woche wochen', 'week'],
    ['monat monate monaten monats monatsende', 'month'],
    ['jahr jahre jahren jahres jhr jahresende jahresschluss', 'year'],
  ],
  spans: [],
  amounts: [
    ['ein paar|einigen|einige|mehreren|mehrere|wenigen|wenige|paar', 3],
    ['zwei bis drei', 2],
    ['ein dutzend', 12],
  ],
  joins: {
    notDay: 'die|eine',
    ahead:
      'in|binnen|in genau|in exakt|genau in|in gut|in knapp|in rund|in ca|in spätestens|spätestens in|frühestens in|in frühestens|innerhalb der nächsten|innerhalb von|in den nächsten|in den kommenden|nach|in etwa|in ungefähr|in circa|heute in',
    behind:
      'vor|vor etwa|vor ungefähr|vor circa|heute vor|vor genau|vor exakt|genau vor|vor gut|vor knapp|vor rund|vor fast|vor über|vor mehr als|vor ca',
    later: 'später|danach|ab heute|von heute an|ab jetzt|von jetzt an|nach heute|darauf|ab sofort|von heute',
    earlier: 'zuvor|früher|davor|her|vorher|vor heute',
    after: 'nach|nach dem|nach der|ab|ab dem|von|seit|seit dem|von dem|vom',
    before: 'vor|vor dem|vor der|vor den',
    next: phrases('folgend', 'darauffolgend'),
    coming: phrases('nächst', 'naechst', 'kommend'),
    last: '',
    recent: phrases('letzt', 'vergangen', 'vorig', 'verflossen', 'vorherig'),
    this: phrases('dies', 'aktuell', 'laufend', 'heutig', 'jetzig'),
    afterNext: phrases('übernächst', 'uebernaechst'),
    thanNext: 'nach dem nächsten|nach der nächsten|nach nächsten|nach dem nächst',
    beforeLast: phrases('vorletzt'),
    dayAfter: 'am tag nach|der tag nach|einen tag nach|den tag nach|tag nach',
    dayBefore: 'am tag vor|der tag vor|einen tag vor|den tag vor|tag vor|am vorabend von|der vorabend von|vorabend von',
    link: 'der|den|dem|des|am|im|in|in der|von|vom|in dem|an|die|ab|bis|zum|für|für den|das|in den',
    era: 'n chr|nach christus|u z|n u z|nc|nuz|ndz|ndgz|n d z|n d g z|d g z|unserer zeit|unserer zeitrechnung|nach christi geburt',
    workdays: 'werktage|werktagen|werktag|arbeitstage|arbeitstagen|arbeitstag|geschäftstage|geschäftstagen',
    within:
      'anfang|anfang des|am anfang des|zu beginn des|beginn des|mitte|mitte des|in der mitte des|ende|ende des|am ende des|bis ende|bis ende des|ab ende|ab mitte|ab anfang|gegen ende|gegen ende des|' +
      'im laufe des|während des|früh|spät|später|der rest des|den rest des|im|für|des|für den|für das|in diesem|aus dem|mit dem|für diesen|anfangs|zum ende des',
  },
  ends: 'ende monatsende jahresende jahresschluss',
  deadlines: 'bis vor spatestens',
  feasts,
  softFeasts,
  nextWeekday: 'nearest',
  lastWeekday: 'nearest',
  is: {
    next: forms('nächst', 'naechst', 'kommend', 'folgend'),
    last: forms('letzt', 'vergangen', 'vorig'),
    this: forms('dies'),
    ago: 'her',
    within: 'in',
    article: 'der die das den dem des ein eine einen einem einer am im zum vom beim zur',
    of: 'des von',
  },
  as: {
    soft: 'montagen mo di mi do fr sa so jun mais mon marzes august',
  },
}
