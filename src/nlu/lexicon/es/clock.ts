import type { ClockWords } from '../source.ts'

export const clock: ClockWords = {
  dayTimes: [
    ['madrugada amanecer', 'dawn'],
    ['manana mananas', 'morning'],
    ['almuerzo', 'noon'],
    ['tarde tardes', 'afternoon'],
    ['noche noches anoche anteanoche', 'night'],
  ],
  days: [
    ['anoche', -1],
    ['anteanoche', -2],
  ],
  phrases: [
    ['primera hora|primera hora de la mañana|mañana temprano|temprano por la mañana|temprano en la mañana', 'dawn'],
    ['hora de comer|hora de la comida|hora del almuerzo|hora de almorzar', 'noon'],
    ['última hora de la tarde|hora de la siesta', 'afternoon'],
    ['hora de cenar|hora de la cena', 'evening'],
    ['media mañana|mitad de la mañana', 'midMorning'],
    ['media tarde|mitad de la tarde', 'midAfternoon'],
    ['medio día|mitad del día', 'midday'],
    ['media noche|mitad de la noche', 'midnight'],
    ['fin de día|fin del día|final del día|final de día|finalizar el día|acabar el día', 'dayEnd'],
    ['fin de|final de|final del|fin del', 'dayEndOf'],
    [
      'ahora|ahora mismo|ahorita|ahorita mismo|ya|ya mismo|en este momento|en este instante|en estos momentos|de inmediato|inmediatamente|' +
        'enseguida|en seguida|actualmente|cuanto antes|lo antes posible|lo más pronto posible|lo más rápido posible|tan pronto como sea posible|' +
        'tan pronto como podamos|tan pronto como pueda|tan pronto como puedas|tan pronto sea posible|tan rápido como sea posible|hora actual|por el momento',
      'now',
    ],
    [
      'buenas tardes|buenas noches|buenos días|más tarde|muy tarde|tarde o temprano|ya no|ya que|ya está|que ya|a partir de ahora|hasta ahora|desde ahora|' +
        'fin de semana|fin de mes|fin de año|final de mes|final de año',
      'none',
    ],
  ],
  distances: {
    ahead:
      'en los próximos|en las próximas|en|dentro de|dentro|en unos|en unas|dentro de unos|dentro de unas|en menos de|dentro de menos de|de aquí a|tras',
    behind: 'hace|hace unos|hace unas|hace como|hace más o menos|hace menos de|hace apenas',
    later: 'después|más tarde|a partir de ahora|a partir de este momento|desde ahora|luego|de ahora',
    earlier: 'antes|atrás|más temprano',
  },
  amounts: [
    ['un par de|par de', 2],
    ['unos pocos|unas pocas|pocos|pocas|algunos|algunas|varios|varias|unos cuantos|unas cuantas', 3],
    ['una decena de|decena de', 10],
    ['una docena de|docena de', 12],
    ['media docena de', 6],
    ['una veintena de', 20],
    ['un|una|uno', 1],
  ],
  lengths: [
    ['un cuarto de hora|cuarto de hora', 15, 'minute'],
    ['tres cuartos de hora', 45, 'minute'],
    ['horita|una horita', 1, 'hour'],
    ['jornada|una jornada|jornadas', 1, 'day'],
    ['quincena|una quincena|quincenas', 15, 'day'],
    ['trimestre|un trimestre|trimestres', 3, 'month'],
    ['semestre|un semestre|semestres', 6, 'month'],
    ['lustro|un lustro|lustros', 5, 'year'],
    ['década|una década|décadas|decenio|un decenio', 10, 'year'],
    ['siglo|un siglo|siglos', 100, 'year'],
  ],
  dayTimeHours: { dawn: 6, morning: 6, noon: 12, afternoon: 15, evening: 20, night: 22 },
  halfDays: false,
  is: {
    unit: 'horita quincena quincenas trimestre semestre lustro decada decadas decenio siglo jornada jornadas',
    am: 'am',
    pm: 'pm',
    half: 'media medio',
    quarter: 'cuarto cuartos',
    past: 'pasadas pasada pasados despues',
    to: 'para antes',
    noon: 'mediodia',
    midnight: 'medianoche',
    oclock: 'punto exactas',
    at: 'las a sobre hacia desde hasta aproximadamente para la @',
    minus: 'menos',
  },
  as: {
    oneOclock: 'una',
  },
  when: {
    ish: 'ish pico',
    hourMark: 'h',
    softAt: 'a la las para desde hasta',
    softTo: 'para antes despues',
    lacking: 'faltan falta',
    orTomorrow: 'manana mananas',
    partLead: 'la esta',
    joint: 'de del la el en por a al las los esta este mismo misma para sobre cerca',
  },
}
