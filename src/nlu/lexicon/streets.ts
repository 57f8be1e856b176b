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
  'flat apartment apt unit suite floor interno int scala piano palazzina piso puerta escalera planta izquierda derecha appartement etage batiment esc bat wohnung etage stock stiege top apto apartamento interior portal atico bajo og dg eg scale piani lotto hinterhaus vorderhaus',
)

/** Floors and sides beside a flat: "ground floor", "piano terra", "2º izquierda", "3. Stock links". */
export const LEVELS = words(
  'ground top upper lower left right front rear basement terra rialzato ammezzato destro destra sinistro sinistra dx sx ultimo izquierda derecha izq dcha izda exterior ' +
    'interior centro bajo atico droite gauche face dernier links rechts mitte erster zweiter dritter vierter funfter oberster',
)

/** Whoever receives the letters for the one who lives there: "chez Dupont". */
export const CARE_OF = words('presso chez')

/** Words that announce a post code. */
export const CODE_CUES =
  'cap|codice postale|codice di avviamento postale|cp|code postal|plz|postleitzahl|post code|postcode|postal code|zip|zip code|código postal|cod postal|eircode'

/** Words before a town, where someone lives there; written small. */
export const HOME_CUES = words('in a ad en zu near')
/** Someone lives somewhere: "abito a Roma". */
export const LIVING = words(
  'live lives living reside abito abitiamo vivo viviamo risiedo sto resido vivimos residimos habite habitons reside residons vis vivons demeure wohne wohnen lebe leben',
)
/** Names of the thing itself, no towns: "Anschrift: Hauptstraße 12". */
export const ADDRESS_WORDS = words(
  'address home house street adresse anschrift wohnort wohnung haus strasse hause zuhause indirizzo casa residenza domicilio direccion domicile maison rue via calle ecco eccolo eccola',
)

/** Ways to live that are no towns: "vivo in affitto", "I live in peace". */
export const NO_TOWNS = words(
  'peace fear country countryside suburbs town city village campagna centro periferia montagna collina affitto pace citta paese lungo provincia pareja campo pueblo alquiler afueras ' +
    'couple banlieue campagne ville centre paix miete untermiete stadt dorf vorort zentrum house home casa hause zuhause flat apartment student residence',
)

/** Words a house without a number is named by: "Rose Cottage, Church Lane". */
export const HOUSE_NAMES = words(
  'cottage cottages house farm farmhouse lodge manor hall barn mill rectory vicarage villa grange croft bungalow lodgings oast forge stables gatehouse schoolhouse parsonage priory abbey towers court',
)

/** Small words inside the name of a town: "Frankfurt am Main", "L'Isle-sur-la-Sorgue". */
export const TOWN_JOINTS = words(
  'di de del della dello dei degli delle da dal d l la le lo il i los las les el y e et und sur sous en am an der den in im bei ob von vor aux au du des a al upon on by under',
)

/** Between what is a town and what is said before it: "I live IN London". */
export const TOWN_CUES = words('in a en zu aus bei di de of near ciudad citta ville stadt town city poblacion localidad comune')
