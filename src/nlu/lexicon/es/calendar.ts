import type { CalendarWords } from '../source.ts'
import { feasts, softFeasts } from './feasts.ts'

export const calendar: CalendarWords = {
  months: [
    'enero ene',
    'febrero feb febr',
    'marzo mar mzo',
    'abril abr',
    'mayo may',
    'junio jun',
    'julio jul',
    'agosto ago agto',
    'septiembre setiembre sep sept set',
    'octubre oct',
    'noviembre nov',
    'diciembre dic dbre',
  ],
  weekdays: [
    'lunes lun lu',
    'martes mar ma',
    'miercoles mie mier mx',
    'jueves jue juev ju',
    'viernes vie vier vi',
    'sabado sabados sab sa',
    'domingo domingos dom do',
  ],
  days: [
    ['hoy hoydia', 0],
    ['manana', 1],
    ['ayer anoche', -1],
    ['anteayer antier anteanoche antayer', -2],
    ['trasanteayer', -3],
  ],
  dayPhrases: [
    ['pasado mañana|después de mañana|el día después de mañana|pasadomañana', 2],
    ['antes de ayer|el día antes de ayer|antes de anoche|ante ayer', -2],
    ['tras antes de ayer', -3],
    ['el día siguiente|al día siguiente|día siguiente|el próximo día|próximo día|el siguiente día|el día después', 1],
    ['el día anterior|día anterior|el último día|último día|el día previo|la víspera|el día pasado', -1],
    ['este día|el mismo día|hoy mismo|el día de hoy|hoy día|este mismo día', 0],
    ['el día de mañana|mañana mismo', 1],
  ],
  mentions: 'en este momento|en estos momentos',
  units: [
    ['segundo segundos seg', 'second'],
    ['minuto minutos min', 'minute'],
    ['hora horas', 'hour'],
    ['dia dias', 'day'],
    ['semana semanas', 'week'],
    ['mes meses', 'month'],
    ['ano anos', 'year'],
  ],
  spans: [],
  amounts: [
    ['un par de|par de', 2],
    ['una decena de|decena de', 10],
    ['una docena de|docena de', 12],
    ['una quincena de|quincena de', 15],
    ['una veintena de|veintena de', 20],
    ['unos|unas|unos pocos|unas pocas|algunos|algunas|pocos|pocas|unos cuantos|unas cuantas|varios|varias', 3],
  ],
  joins: {
    notDay: 'la|las|una|unas',
    ahead:
      'dentro de|en|dentro de exactamente|exactamente dentro de|en exactamente|dentro de unos|dentro de unas|en unos|en unas|dentro de aproximadamente|en aproximadamente|en menos de|en un plazo de|de aquí a|de acá a|en los próximos|en las próximas|en el plazo de|al cabo de|de hoy en|en otros|en otras',
    behind:
      'hace|hace exactamente|hace justo|hace justamente|hace precisamente|hace casi|hace unos|hace unas|hace apenas|hace poco más de|hace más de|hace aproximadamente|hace cerca de|hace alrededor de|hace como|hace ya|hará|hacía',
    later:
      'después|más tarde|a partir de hoy|a partir de ahora|desde hoy|desde ahora|luego|contando desde hoy|contados desde hoy|más adelante|después de hoy|de ahora en adelante',
    earlier: 'atrás|antes|antes de hoy|antes de ahora|ha',
    after:
      'después de|después del|a partir de|a partir del|desde|desde el|tras|luego de|luego del|desde la|tras el|tras la|después de la|después de el',
    before: 'antes de|antes del|antes de la|antes de el',
    next: 'próximo|próxima|siguiente|que sigue',
    coming: 'este próximo|esta próxima|que viene|que entra|entrante|venidero|venidera|que llega|por venir',
    last: 'pasado|pasada|último|última|anterior|previo|previa|que pasó|precedente',
    recent: 'este pasado|este último|esta pasada|recién pasado|más reciente',
    this: 'este|esta|estos|actual|presente|en curso|corriente',
    afterNext:
      'después del próximo|después de la próxima|tras el próximo|tras la próxima|después del siguiente|después del próximo mes|tras el próximo mes',
    thanNext:
      'después del próximo|después de la próxima|tras el próximo|tras la próxima|después del siguiente|no el próximo sino el siguiente|que viene no el otro|' +
      'tras el próximo mes|después del próximo mes|tras el próximo año|después del próximo año',
    beforeLast: 'antepasado|antepasada|antes del pasado|antes del último|anterior al pasado',
    dayAfter: 'el día después de|el día después del|el día siguiente a|el día siguiente al|un día después de|día después de',
    dayBefore: 'el día antes de|el día antes del|el día anterior a|el día anterior al|día antes de|día anterior a',
    eveOf: 'la víspera de|la víspera del|víspera de|la noche antes de',
    link: 'de|del|de la|el|la|el día|día|de los|los|del mes de|en|al|el dia|para el|para|de el',
    era: 'd c|dc|después de cristo|e c|a d',
    workdays: 'días hábiles|día hábil|días laborables|día laborable|días laborales|días de trabajo|días útiles',
    within:
      'a principios de|a principios del|principios de|principios del|a comienzos de|a comienzos del|al inicio de|al inicio del|a inicios de|a mediados de|a mediados del|mediados de|' +
      'a finales de|a finales del|finales de|finales del|a fines de|a fines del|al final de|al final del|fin de|fin del|a fin de|el resto de|el resto del|resto de|resto del|' +
      'lo que queda de|lo que queda del|la segunda mitad de|la primera mitad de|más tarde en|más tarde|más temprano|durante|durante el|a lo largo de|a lo largo del|para el|en el|por el|del|el',
  },
  ends: 'fin final finales fines acabe termine',
  deadlines: 'antes hasta tardar',
  feasts,
  softFeasts,
  nextWeekday: 'week',
  lastWeekday: 'week',
  is: {
    next: 'proximo proxima proximos proximas siguiente siguientes entrante venidero venidera',
    last: 'pasado pasada pasados pasadas ultimo ultima ultimos ultimas anterior',
    this: 'este esta esto estos estas presente',
    ago: 'atras',
    within: 'dentro en',
    article: 'el la los las lo un una unos unas al del',
    of: 'de del',
  },
  as: {
    soft: 'mar set may ago dom mie vie lu ma mx ju vi sa do mier sab lun jue',
  },
}
