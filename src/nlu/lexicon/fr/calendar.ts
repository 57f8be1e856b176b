import type { CalendarWords } from '../source.ts'
import { feasts, softFeasts } from './feasts.ts'

export const calendar: CalendarWords = {
  months: [
    'janvier janv jan',
    'fevrier fevr fev feb',
    'mars mar',
    'avril avr',
    'mai',
    'juin',
    'juillet juil jui jul juill',
    'aout',
    'septembre sept sep',
    'octobre oct',
    'novembre nov',
    'decembre dec',
  ],
  weekdays: [
    'lundi lundis lun',
    'mardi mardis mar',
    'mercredi mercredis mer merc',
    'jeudi jeudis jeu',
    'vendredi vendredis ven vend',
    'samedi samedis sam',
    'dimanche dimanches dim',
  ],
  days: [
    ['aujourdhui', 0],
    ['demain lendemain', 1],
    ['surlendemain', 2],
    ['hier', -1],
  ],
  dayPhrases: [
    ["aujourd'hui|ce jour|ce jour ci|en ce jour|le jour même|le jour présent|aujourd hui même", 0],
    [
      "le lendemain|jour suivant|le jour suivant|le jour d'après|jour d'après|le jour prochain|le prochain jour|prochain jour|jour prochain|le jour après|un jour après",
      1,
    ],
    ['après demain|le surlendemain|après demain matin', 2],
    ['avant hier|avant hier soir', -2],
    [
      "la veille|le jour d'avant|jour d'avant|le jour précédent|jour précédent|dernier jour|le dernier jour|le jour passé|le jour avant|le jour dernier|jour passé",
      -1,
    ],
    ["l'avant veille", -2],
  ],
  mentions: 'en ce moment|la journée|dans la journée|ma journée|le jour',
  units: [
    ['seconde secondes sec', 'second'],
    ['minute minutes min', 'minute'],
    ['heure heures', 'hour'],
    ['jour jours journee journees', 'day'],
    ['semaine semaines', 'week'],
    ['mois', 'month'],
    ['an ans annee annees', 'year'],
  ],
  spans: [
    ['huitaine', 7],
    ['quinzaine', 14],
  ],
  amounts: [
    ['quelques|plusieurs|quelque|des', 3],
    ['une huitaine de', 8],
    ['une dizaine de', 10],
    ['une douzaine de', 12],
    ['une quinzaine de', 15],
    ['une vingtaine de', 20],
    ['une trentaine de', 30],
  ],
  joins: {
    notDay: 'la|une',
    ahead:
      "dans|dans exactement|exactement dans|dans tout juste|dans à peu près|dans à peine|dans moins de|dans près de|d'ici à|d'ici|sous|en|au bout de|dans les prochains|dans les prochaines|dans environ|dans encore|d'ici environ",
    behind:
      'il y a|il y a exactement|il y a tout juste|il y a juste|il y a précisément|il y a à peine|il y a près de|il y a presque|il y a plus de|il y a quelque|il y a à peu près|il y a déjà|il y a bien|y a|ya|il ya|voici|voilà|cela fait|ça fait|il y a environ',
    later:
      "plus tard|après|à partir d'aujourd'hui|à compter d'aujourd'hui|à partir de maintenant|dès aujourd'hui|à compter de maintenant|après aujourd'hui|à partir de ce jour",
    earlier: "auparavant|plus tôt|avant aujourd'hui|avant maintenant|en arrière|avant",
    after:
      'après|après le|après la|à partir de|à partir du|à partir d|à compter de|à compter du|à compter d|depuis|depuis le|suivant le|suivant|après l|dès',
    before: 'avant|avant le|avant la|avant l',
    next: "prochain|prochaine|suivant|suivante|d'après|qui suit|après",
    coming: 'à venir|qui vient|qui arrive|ce prochain|cette prochaine',
    last: '',
    recent: "dernier|dernière|passé|passée|précédent|précédente|d'avant|écoulé|écoulée|qui vient de passer|pasée",
    this: 'ce|cet|cette|en cours|courant|actuel|actuelle|présent|présente',
    afterNext: "après le prochain|après la prochaine|après celui d'après",
    thanNext: "après le prochain|après la prochaine|après prochain|d'après le prochain",
    beforeLast: "avant dernier|avant dernière|d'avant le dernier",
    dayAfter:
      'le jour après|le lendemain de|le lendemain du|le lendemain de la|lendemain de|lendemain du|le jour suivant|au lendemain de|au lendemain du',
    dayBefore: 'le jour avant|la veille de|la veille du|la veille de la|veille de|veille du|le jour précédant|la veille d',
    eveOf: 'la veille de|la veille du|veille de|veille du',
    morrowOf: 'le lendemain de|le lendemain du',
    link: 'de|du|d|de la|de l|le|la|l|au|du mois de|du mois d|au mois de|au mois d|en|pour le|les|jour de|dans|sur|un',
    era: 'ap j c|après j c|après jésus christ|apr j c|de notre ère|ad|ap jc',
    workdays: 'jours ouvrables|jours ouvrés|jour ouvrable|jour ouvré|journées de travail|jours de travail|journée de travail',
    within:
      'début|le début de|le début du|au début de|au début du|au début d|fin|la fin de|la fin du|à la fin de|à la fin du|à la fin d|fin de|fin du|mi|au milieu de|au milieu du|le milieu de|' +
      'plus tard|plus tard dans|plus tôt|plus tôt dans|tard|tôt|le reste de|le reste du|pendant|durant|au cours de|au cours du|au courant de|au courant du|pour|de|du|dans|courant|le début d|la fin d|depuis le début de',
  },
  ends: 'fin',
  deadlines: 'avant ici jusqu jusque',
  feasts,
  softFeasts,
  nextWeekday: 'week',
  lastWeekday: 'nearest',
  is: {
    next: 'prochain prochaine prochains prochaines suivant suivante',
    last: 'dernier derniere derniers dernieres passe passee precedent precedente',
    this: 'ce cet cette ces',
    within: 'dans en',
    article: 'le la les l un une au aux du',
    of: 'de du d des',
  },
  as: {
    soft: 'mars mar mer jeu sept dim sam ven jan sec',
  },
}
