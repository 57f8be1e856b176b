/**
 * Units of measure: the sign that values carry, other signs, then names in English, Italian, Spanish, French and German.
 * Names and signs are separated by commas; case and accents do not matter. Units of time are the calendar's.
 */
const ROWS = `
kWh||kilowatt hour,kilowatt hours,kilowatthour,kilowatthours|kilowattora,kilowattore,chilowattora,chilowattore,kilowatt ora,kilowatt ore,chilowatt ora,chilowatt ore,kilowatt,kilovattora,kilovattore|kilovatio hora,kilovatios hora,kilovatios,kilowatt hora,kilovatio,kilowatios,kilowatios hora|kilowattheure,kilowattheures,kilowatt heure,kilowatt heures,kilowatts heure,kilowatts heures|kilowattstunde,kilowattstunden
kW|kva|kilowatt,kilowatts|||kilowatt,kilowatts|kilowatt
MWh||megawatt hour,megawatt hours|megawattora,megawattore|megavatio hora,megavatios hora|megawattheure,megawattheures|megawattstunde,megawattstunden
MW||megawatt,megawatts|megawatt|megavatio,megavatios|megawatt,megawatts|megawatt
Wh|||||
W||watt,watts|watt|vatio,vatios,watios|watt,watts|watt
V||volt,volts|volt|voltio,voltios|volt,volts|volt
Ah|mah||||
kg|kgs|kilogram,kilograms,kilogramme,kilogrammes,kilo,kilos|chilo,chili,chilogrammo,chilogrammi,kilo,kili|kilo,kilos,kilogramo,kilogramos,quilo,quilos|kilo,kilos,kilogramme,kilogrammes|kilo,kilos,kilogramm
g|gr,grs|gram,grams,gramme,grammes|grammo,grammi|gramo,gramos|gramme,grammes|gramm
mg||milligram,milligrams|milligrammo,milligrammi|miligramo,miligramos|milligramme,milligrammes|milligramm
hg|||etto,etti,ettogrammo,ettogrammi|||
q|||quintale,quintali|quintal,quintales|quintal,quintaux|doppelzentner
t||ton,tons,tonne,tonnes,metric ton,metric tons|tonnellata,tonnellate|tonelada,toneladas|tonne,tonnes|to,tonne,tonnen
lb|lbs|pound,pounds|libbra,libbre|libra,libras|livre,livres|pfund
oz||ounce,ounces|oncia,once|onza,onzas|once,onces|unze,unzen
stone||stones||||
km|kms|kilometer,kilometers,kilometre,kilometres|chilometro,chilometri,kilometro,kilometri|kilometro,kilometros,quilometros|kilometre,kilometres|kilometer,kilometern
m|mt,mtr,mts|meter,meters,metre,metres|metro,metri|metro,metros|metre,metres|meter,metern
dm|||decimetro,decimetri|decimetro,decimetros|decimetre,decimetres|dezimeter
cm|cms|centimeter,centimeters,centimetre,centimetres|centimetro,centimetri|centimetro,centimetros|centimetre,centimetres|zentimeter,zentimetern
mm||millimeter,millimeters,millimetre,millimetres|millimetro,millimetri|milimetro,milimetros|millimetre,millimetres|millimeter
mi||mile,miles|miglio,miglia|milla,millas|mille terrestre,miles|meile,meilen
ft||foot,feet|piede,piedi|pie,pies|pied,pieds|fuss
in||inch,inches|pollice,pollici|pulgada,pulgadas|pouce,pouces|zoll
yd|yds|yard,yards|iarda,iarde|yarda,yardas|yard,yards|yard,yards
m²|mq,qm,m2,sqm,sq m|square meter,square meters,square metre,square metres|metro quadro,metri quadri,metro quadrato,metri quadrati|metro cuadrado,metros cuadrados|metre carre,metres carres|quadratmeter,quadratmetern
km²|kmq,qkm,km2|square kilometer,square kilometers,square kilometre,square kilometres|chilometro quadrato,chilometri quadrati|kilometro cuadrado,kilometros cuadrados|kilometre carre,kilometres carres|quadratkilometer
ft²|sqft,sq ft,ft2|square foot,square feet||||
ha||hectare,hectares|ettaro,ettari|hectarea,hectareas|hectare,hectares|hektar
ac||acre,acres|acro,acri|acre,acres|acre,acres|
m³|mc,cbm,m3|cubic meter,cubic meters,cubic metre,cubic metres|metro cubo,metri cubi|metro cubico,metros cubicos|metre cube,metres cubes|kubikmeter,kubikmetern
Smc||standard cubic meter,standard cubic meters,standard cubic metre,standard cubic metres|standard metro cubo,standard metri cubi,metro cubo standard,metri cubi standard|||
cm³|cc,ccm,cm3|cubic centimeter,cubic centimeters,cubic centimetre,cubic centimetres|centimetro cubo,centimetri cubi,centimetri cubici|centimetro cubico,centimetros cubicos|centimetre cube,centimetres cubes|kubikzentimeter
l|lt,ltr,lts|liter,liters,litre,litres|litro,litri|litro,litros|litre,litres|liter,litern
dl|||decilitro,decilitri|decilitro,decilitros|decilitre,decilitres|deziliter
cl||centiliter,centiliters,centilitre,centilitres|centilitro,centilitri|centilitro,centilitros|centilitre,centilitres|zentiliter
ml||milliliter,milliliters,millilitre,millilitres|millilitro,millilitri|mililitro,mililitros|millilitre,millilitres|milliliter
hl|||ettolitro,ettolitri|hectolitro,hectolitros|hectolitre,hectolitres|hektoliter
gal||gallon,gallons|gallone,galloni|galon,galones|gallon,gallons|gallone,gallonen
pt||pint,pints|pinta,pinte|pinta,pintas|pinte,pintes|
kB|kbyte|kilobyte,kilobytes|kilobyte|kilobyte,kilobytes|ko,kilooctet,kilooctets|kilobyte
MB|mega,mbyte|megabyte,megabytes,megs|megabyte|megabyte,megabytes,megas|mo,megaoctet,megaoctets|megabyte
GB|giga,gbyte,gigs,gig|gigabyte,gigabytes|gigabyte|gigabyte,gigabytes,gigas|go,gigaoctet,gigaoctets,gigas|gigabyte
TB|tera,tbyte|terabyte,terabytes|terabyte|terabyte,terabytes|teraoctet,teraoctets|terabyte
Mbps|mbit / s,mbit,mb / s|megabits per second,megabit per second,megabits|megabit,megabit al secondo|megabits,megabits por segundo|megabits,megabits par seconde|megabit,megabit pro sekunde
Gbps|gbit / s,gbit,gb / s|gigabits per second,gigabit per second,gigabit|gigabit,gigabit al secondo|gigabits,gigabits por segundo|gigabits,gigabits par seconde|gigabit,gigabit pro sekunde
km/h|km / h,kmh,kph|kilometers per hour,kilometres per hour|chilometri all ora,chilometri orari|kilometros por hora|kilometres heure,kilometres par heure,kilometres a l heure|stundenkilometer,kilometer pro stunde
mph||miles per hour,miles an hour|||
°C|° c|degree celsius,degrees celsius,degrees centigrade|grado centigrado,gradi centigradi,gradi celsius|grado centigrado,grados centigrados,grados celsius|degre celsius,degres celsius|grad celsius
°|°|degree,degrees|grado,gradi|grado,grados|degre,degres|grad
%|percent,pct|percent,per cent|per cento,percento|por ciento,porciento|pour cent,pourcent|prozent
bar||||bares|bars|
hp||horsepower|cv,cavallo,cavalli|cv,caballo,caballos|cv,cheval,chevaux|ps,pferdestarken
kcal|||chilocalorie,kilocalorie,calorie|kilocalorias,calorias|kilocalories,calories|kilokalorien,kalorien
pcs|pc,pz,pzs,pza,pzas,stk,pce,pces|piece,pieces,item,items,unit,units|pezzo,pezzi,unita|pieza,piezas,unidad,unidades|piece,pieces,unite,unites,exemplaire,exemplaires|st,stuck,stuecke,stucke,stueck,exemplar,exemplare
pack|pkg|pack,packs,packet,packets,package,packages|pacco,pacchi,pacchetto,pacchetti,confezione,confezioni|paquete,paquetes|paquet,paquets|packung,packungen,paket,pakete,packchen
box||box,boxes|scatola,scatole,cassa,casse,scatolone,scatoloni|caja,cajas|boite,boites,carton,cartons,caisse,caisses|kiste,kisten,karton,kartons,schachtel,schachteln
bottle|btl|bottle,bottles|bottiglia,bottiglie|botella,botellas|bouteille,bouteilles|flasche,flaschen
pair||pair,pairs|paio,paia|par,pares|paire,paires|paar
person|pax|person,persons,people,guest,guests|persona,persone,ospite,ospiti|persona,personas,huesped,huespedes|personne,personnes,convive,convives|person,personen,leute,gast,gaste`

const LANGUAGES: readonly string[] = ['en', 'it', 'es', 'fr', 'de']

/** Names of units in one language with the sign of each: phrases separated by `|`. */
export function unitNames(language: string): readonly (readonly [phrases: string, unit: string])[] {
  const column = LANGUAGES.indexOf(language)
  return ROWS.trim()
    .split('\n')
    .map((row) => {
      const [sign = '', others = '', ...names] = row.split('|')
      const own = column < 0 ? (names[0] ?? '') : (names[column] ?? '')
      return [[sign, others, own].join(',').split(',').filter(Boolean).join('|'), sign]
    })
}

interface Subunits {
  /** What one of each is of the larger unit. */
  readonly shares: Readonly<Record<string, number>>
  /** The smaller unit that a bare number behind the larger one counts ("1 m 80"), and how many figures that number has. */
  readonly bare: string
  readonly figures: number
}

/** Smaller units that may follow a larger one: "1 m 80 cm", "2 kg 300". */
export const SUBUNITS: ReadonlyMap<string, Subunits> = new Map<string, Subunits>([
  ['m', { shares: { cm: 0.01, mm: 0.001 }, bare: 'cm', figures: 2 }],
  ['km', { shares: { m: 0.001 }, bare: 'm', figures: 3 }],
  ['kg', { shares: { g: 0.001, hg: 0.1 }, bare: 'g', figures: 3 }],
  ['l', { shares: { ml: 0.001, cl: 0.01, dl: 0.1 }, bare: 'cl', figures: 2 }],
  ['ft', { shares: { in: 1 / 12 }, bare: 'in', figures: 2 }],
  ['lb', { shares: { oz: 1 / 16 }, bare: 'oz', figures: 0 }],
])
