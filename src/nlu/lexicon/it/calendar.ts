import type { CalendarWords } from '../source.ts'

export const calendar: CalendarWords = {
  months: [
    'gennaio gen genn',
    'febbraio feb febb',
    'marzo mar',
    'aprile apr',
    'maggio mag magg',
    'giugno giu',
    'luglio lug',
    'agosto ago',
    'settembre set sett',
    'ottobre ott',
    'novembre nov',
    'dicembre dic',
  ],
  weekdays: ['lunedi lun', 'martedi mar', 'mercoledi mer merc', 'giovedi gio giov', 'venerdi ven', 'sabato sab', 'domenica dom'],
  days: [
    ['oggi stasera stamattina stamani stanotte', 0],
    ['domani', 1],
    ['dopodomani', 2],
    ['ieri', -1],
    ['avantieri', -2],
  ],
  dayPhrases: [
    ['dopo domani|domani l altro|posdomani', 2],
    ["l'altro ieri|ieri l'altro|altro ieri|avant ieri", -2],
  ],
  units: [
    ['secondo secondi', 'second'],
    ['minuto minuti min', 'minute'],
    ['ora ore', 'hour'],
    ['giorno giorni', 'day'],
    ['settimana settimane', 'week'],
    ['mese mesi', 'month'],
    ['anno anni', 'year'],
  ],
  is: {
    next: 'prossimo prossima prossimi prossime venturo ventura entrante',
    last: 'scorso scorsa scorsi scorse passato passata ultimo ultima',
    this: 'questo questa quest',
    ago: 'fa',
    within: 'tra fra entro in',
    article: 'il lo la l i gli le un una al alla all dal dalla nel nella nell del dell della',
    of: 'di del dell della dello d',
  },
  as: {
    soft: 'set mar ago mag gen dom mer',
  },
}
