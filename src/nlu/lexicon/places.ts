import { COUNTRY_NAMES } from '../../kernel/country-names.ts'
import { LANGUAGE_NAMES } from '../../kernel/language-names.ts'
import type { Names } from '../../kernel/names.ts'

const LANGUAGES = ['en', 'it', 'es', 'fr', 'de'] as const

/** What else people call countries: `code|English|Italian|Spanish|French|German`, several names separated by commas. */
const COUNTRY_SYNONYMS = `
AE|UAE,Emirates,Dubai,Abu Dhabi|Emirati Arabi,Emirati,Dubai|Emiratos,Emiratos Árabes,Dubái|Émirats,Dubaï|Emirate,VAE,Dubai
BA|Bosnia|Bosnia|Bosnia|Bosnie|Bosnien
BY|Byelorussia,White Russia|Bielorussia|Belarús,Belarus|Bélarus|Weissrussland
CD|Congo Kinshasa,DR Congo,DRC,Democratic Republic of the Congo|Repubblica Democratica del Congo,Congo Kinshasa|República Democrática del Congo,Congo Kinsasa|République démocratique du Congo,RDC,Congo Kinshasa|Demokratische Republik Kongo,Kongo Kinshasa
CG|Congo,Republic of the Congo,Congo Brazzaville|Congo,Repubblica del Congo|Congo,República del Congo|Congo,République du Congo|Kongo,Republik Kongo
CI|Ivory Coast,Côte d'Ivoire|Costa d'Avorio|Costa de Marfil|Côte d'Ivoire|Elfenbeinküste
CN|People's Republic of China,mainland China|Repubblica Popolare Cinese|República Popular China|République populaire de Chine|Volksrepublik China
CV|Cape Verde,Cabo Verde|Capo Verde|Cabo Verde|Cap-Vert|Kap Verde
CZ|Czechia,Czech|Cechia,Cecoslovacchia|Chequia|Tchéquie|Tschechische Republik,Tschechei
DE|Federal Republic of Germany|Repubblica Federale Tedesca,Repubblica Federale di Germania|República Federal de Alemania|République fédérale d'Allemagne|Bundesrepublik,Bundesrepublik Deutschland,BRD
DO|Dominican Rep|Santo Domingo|Santo Domingo|Saint-Domingue|Dominikanische Rep
FK|Falklands,Malvinas|Falkland,Malvine|Malvinas,Falkland|Malouines|Falkland
FO|Faroes,Faeroe Islands|Fær Øer|Feroe|Féroé|Faroer
GB|UK,U.K.,Great Britain,Britain,England,Scotland,Wales,Northern Ireland|Gran Bretagna,Inghilterra,Scozia,Galles,Irlanda del Nord,UK|Gran Bretaña,Inglaterra,Escocia,Gales,Irlanda del Norte|Grande-Bretagne,Angleterre,Écosse,Pays de Galles,Irlande du Nord|Grossbritannien,England,Schottland,Wales,Nordirland,UK
GR|Hellas|Ellade|Hélade||
IE|Eire,Republic of Ireland,Southern Ireland|Eire,Repubblica d'Irlanda|Eire,República de Irlanda|République d'Irlande|Republik Irland
IN||||Indes|
IR|Persia|Persia|Persia|Perse|Persien
IQ|Irak|Irak|Iraq|Iraq|Iraq
KG|Kirghizstan|Kirghisia,Kirghizstan|Kirguizistán,Kirguizstán|Kirghizie|Kirgistan,Kirgisien
KP|DPRK||||Korea Nord
KR|Korea,Republic of Korea|Corea|Corea|Corée|Korea,Republik Korea
LI||||Lichtenstein|
MD|Moldavia|Moldova,Repubblica Moldava|Moldova|Moldova|Moldawien,Republik Moldau
MK|Macedonia|Macedonia|Macedonia|Macédoine|Mazedonien
MM|Burma|Birmania|Birmania|Birmanie|Birma,Burma
MO|Macau|Macau|Macau|Macau|Macau
MX||Mexico|Méjico||Mexico
NL|Holland,the Netherlands|Olanda|Holanda|Hollande|Holland
NZ|Aotearoa|||Nouvelle Zélande|
PH|the Philippines|Isole Filippine||Philippines|
PS|Palestinian Territories,Gaza,West Bank|Territori Palestinesi,Gaza,Cisgiordania|Territorios Palestinos,Gaza,Cisjordania|Territoires palestiniens,Gaza,Cisjordanie|Palästinensergebiete,Gaza,Westjordanland
RU|Russian Federation|Federazione Russa|Federación Rusa,Federación de Rusia|Fédération de Russie|Russische Föderation
SA|Saudi,KSA|Arabia|Arabia,Arabia Saudita||Saudiarabien
SK|Slovak Republic|Repubblica Slovacca|República Eslovaca|République slovaque|Slowakische Republik
SV|Salvador|Salvador|Salvador||Salvador
SZ|Swaziland|Swaziland|Suazilandia|Swaziland|Swasiland
TL|East Timor|Timor Orientale|Timor Oriental|Timor|Osttimor
TR|Türkiye,Turkiye|||||
TW|Formosa|Formosa|Formosa|Formose|
TZ||||Tanzanie|Tanzania
US|USA,U.S.A.,U.S.,United States of America,America,the States,the US|Stati Uniti d'America,USA,America|Estados Unidos de América,EE. UU.,EEUU,EUA,USA,América|États-Unis d'Amérique,USA,Amérique|Vereinigte Staaten von Amerika,USA,Amerika
VA|Vatican,Holy See|Vaticano,Santa Sede,Stato del Vaticano|Vaticano,Santa Sede|cité du Vatican,Saint-Siège|Vatikan,Heiliger Stuhl
VN|Viet Nam|Viet Nam|Viet Nam|Vietnam|Viet Nam
XK|Kosovo|Kosovo,Kossovo|Kosovo|Kosovo|Kosovo
ZA|RSA|Sud Africa,Africa del Sud|África del Sur,Sud África|Afrique du sud|Südafrikanische Republik`

/** What else people call languages; how they are spoken in a country is added from the words for its people. */
const LANGUAGE_SYNONYMS = `
bn|Bangla|bengali,bangla|bangla,bengali|bangla|Bengali,Bangla
ca|Valencian|valenciano|valenciano|valencien|Valencianisch
de|High German,Swiss German||alemán suizo|suisse allemand|Hochdeutsch,Schweizerdeutsch,Schwyzerdütsch
el|Hellenic||||Neugriechisch
en|American English,British English|inglese americano,inglese britannico|inglés americano|anglais américain|Englisch
es|Castilian|castigliano|castellano|castillan|Kastilisch
eu|||vasco,vascuence|euskara|Euskara
fa|Farsi,Dari|farsi,dari|farsi,dari|farsi,dari|Farsi,Dari
ga|Gaelic|gaelico|gaélico|gaélique|Gälisch
gl||gallego|||Galizisch
he||israeliano||israélien|Ivrit
ku|Kurmanji|curdo|curdo|kurmandji|Kurmandschi
ms|Malaysian|||malaisien|Malaysisch
nl|Flemish|fiammingo,nederlandese|holandés,flamenco|hollandais,flamand|Holländisch,Flämisch
no|Bokmål||||Norwegisch
pt|Brazilian,Brazilian Portuguese|brasiliano,portoghese brasiliano|brasileño|brésilien|Brasilianisch
ro|Moldovan,Rumanian|moldavo,romeno|moldavo|moldave|Moldauisch
sr|Serbo-Croatian|serbocroato|serbocroata|serbo-croate|Serbokroatisch
sw||||Kiswahili|Swahili
tl|Filipino,Pilipino|filippino|filipino|philippin|Philippinisch,Filipino
zh|Mandarin,Cantonese|mandarino,cantonese|mandarín,cantonés|mandarin,cantonais|Mandarin,Kantonesisch`

/** What people call a place or a language in each of the languages, separated by commas, the name that is written first. */
interface Place {
  readonly code: string
  readonly names: Readonly<Record<string, string>>
}

function synonymsOf(rows: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    rows
      .trim()
      .split('\n')
      .map((row) => {
        const [code = '', ...names] = row.split('|')
        return [code, names]
      }),
  )
}

function table(names: ReadonlyMap<string, Names>, rows: string): readonly Place[] {
  const others = synonymsOf(rows)
  const codes = new Set([...names.keys(), ...others.keys()])
  return [...codes].map((code) => {
    const own = names.get(code)
    const list = LANGUAGES.map((language, column) => {
      const all = [own?.[language] ?? '', others.get(code)?.[column] ?? '']
      return [language, all.filter((name) => name !== '').join(',')]
    })
    return { code, names: Object.fromEntries(list) }
  })
}

/** Every country by ISO 3166 alpha-2 code, in five languages. */
export const COUNTRIES = table(COUNTRY_NAMES, COUNTRY_SYNONYMS)

/** Languages by BCP 47 tag, in five languages. */
export const TONGUES = table(LANGUAGE_NAMES, LANGUAGE_SYNONYMS)

/** ISO 3166 alpha-3 codes that people say, by alpha-2. */
export const ALPHA_3: ReadonlyMap<string, string> = new Map(
  (
    'ARE:AE ARG:AR AUT:AT AUS:AU BEL:BE BGR:BG BRA:BR CAN:CA CHE:CH CHL:CL CHN:CN COL:CO CYP:CY CZE:CZ DEU:DE DNK:DK EGY:EG ' +
    'ESP:ES EST:EE FIN:FI FRA:FR GBR:GB GRC:GR HRV:HR HUN:HU IND:IN IRL:IE ISL:IS ISR:IL ITA:IT JPN:JP KOR:KR LTU:LT LUX:LU ' +
    'LVA:LV MAR:MA MEX:MX MLT:MT NLD:NL NOR:NO NZL:NZ PER:PE POL:PL PRT:PT ROU:RO RUS:RU SAU:SA SGP:SG SVK:SK SVN:SI SWE:SE ' +
    'TUN:TN TUR:TR UKR:UA USA:US VEN:VE ZAF:ZA'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)
