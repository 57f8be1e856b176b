/** Words of streets and addresses, folded. */
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Words that open the name of a street in the Romance languages. */
export const OPENING = words(
  // Italian
  'via viale piazza piazzale piazzetta corso largo vicolo strada lungomare lungotevere lungarno contrada galleria salita traversa borgo localita frazione calata rampa ' +
    // Spanish
    'calle avenida avda av plaza paseo ronda camino carretera travesia callejon glorieta alameda bulevar rambla pasaje urbanizacion carrer ' +
    // French
    'rue avenue boulevard bd place allee allees impasse chemin route quai square passage cours faubourg ruelle esplanade sentier residence lotissement chaussee rte',
)
/** Of these, words that mean other things as well: by themselves a house number must follow. */
export const WEAK_OPENING = words('av cours place route passage corso largo borgo strada plaza camino galleria')

/** Words that open a street in German and many other things: a house number must follow. */
export const GERMAN_OPENING = words('am an im unter zum zur auf alte alter neue neuer grosse kleine')

/** Words that close the name of a street in English. */
export const CLOSING = words(
  'street st road rd avenue ave lane ln drive dr close square sq place pl way court ct gardens garden terrace crescent cres boulevard blvd hill row grove ' +
    'mews park walk rise green parade circus wharf quay highway pike parkway pkwy circle cir trail view mount villas embankment bridge broadway',
)

/** German words for streets, by themselves ("Berliner Straße") or at the end of a name ("Hauptstraße"). */
export const GERMAN_CLOSING = words('strasse str weg platz allee gasse ring ufer damm steig chaussee promenade graben markt kai')
const GERMAN_ENDINGS = [
  'strasse',
  'straße',
  'str',
  'weg',
  'platz',
  'allee',
  'gasse',
  'ring',
  'ufer',
  'damm',
  'steig',
  'chaussee',
  'graben',
  'markt',
]

export function endsAsGermanStreet(folded: string): boolean {
  for (const ending of GERMAN_ENDINGS) if (folded.length > ending.length + 2 && folded.endsWith(ending)) return true
  return false
}

/** Words between a street and its number. */
export const NUMBER_WORDS = words('numero n number no nr civico num nummer hausnummer')

/** Additions to a house number. */
export const NUMBER_ADDITIONS = words('bis ter quater quinquies')

/** A flat, a floor, a staircase: said beside the street and its number. */
export const UNITS = words(
  'flat apartment apt unit suite floor interno int scala piano palazzina piso puerta escalera planta izquierda derecha appartement etage batiment esc bat wohnung etage stock stiege top c/o',
)

/** Between what is a town and what is said before it: "I live IN London". */
export const TOWN_CUES = words('in a en zu aus bei di de of near ciudad citta ville stadt town city poblacion localidad comune')
