/** Countries and languages as people name them, by language of the name. First the code, then names separated by `,`. */
interface Place {
  readonly code: string
  readonly names: Readonly<Record<string, string>>
}

function table(rows: string): readonly Place[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [code = '', en = '', it = ''] = row.trim().split('|')
      return { code, names: { en, it } }
    })
}

export const COUNTRIES = table(`
IT|Italy|Italia
GB|United Kingdom,UK,Great Britain,Britain,England,Scotland,Wales|Regno Unito,Gran Bretagna,Inghilterra,Scozia,Galles
US|United States,United States of America,USA,US,America|Stati Uniti,Stati Uniti d'America,USA,America
FR|France|Francia
DE|Germany|Germania
ES|Spain|Spagna
PT|Portugal|Portogallo
CH|Switzerland|Svizzera
AT|Austria|Austria
BE|Belgium|Belgio
NL|Netherlands,Holland,the Netherlands|Paesi Bassi,Olanda
LU|Luxembourg|Lussemburgo
IE|Ireland|Irlanda
DK|Denmark|Danimarca
SE|Sweden|Svezia
NO|Norway|Norvegia
FI|Finland|Finlandia
IS|Iceland|Islanda
PL|Poland|Polonia
CZ|Czech Republic,Czechia|Repubblica Ceca,Cechia
SK|Slovakia|Slovacchia
SI|Slovenia|Slovenia
HU|Hungary|Ungheria
RO|Romania|Romania
BG|Bulgaria|Bulgaria
GR|Greece|Grecia
HR|Croatia|Croazia
RS|Serbia|Serbia
BA|Bosnia and Herzegovina,Bosnia|Bosnia ed Erzegovina,Bosnia
AL|Albania|Albania
MK|North Macedonia,Macedonia|Macedonia del Nord,Macedonia
ME|Montenegro|Montenegro
MT|Malta|Malta
CY|Cyprus|Cipro
EE|Estonia|Estonia
LV|Latvia|Lettonia
LT|Lithuania|Lituania
UA|Ukraine|Ucraina
MD|Moldova|Moldavia,Moldova
RU|Russia|Russia
TR|Turkey,Turkiye|Turchia
SM|San Marino|San Marino
VA|Vatican City,Vatican|Città del Vaticano,Vaticano
MC|Monaco|Monaco,Principato di Monaco
CA|Canada|Canada
MX|Mexico|Messico
BR|Brazil|Brasile
AR|Argentina|Argentina
CL|Chile|Cile
CO|Colombia|Colombia
PE|Peru|Perù
VE|Venezuela|Venezuela
EC|Ecuador|Ecuador
CU|Cuba|Cuba
AU|Australia|Australia
NZ|New Zealand|Nuova Zelanda
JP|Japan|Giappone
CN|China|Cina
IN|India|India
PK|Pakistan|Pakistan
BD|Bangladesh|Bangladesh
LK|Sri Lanka|Sri Lanka
PH|Philippines,the Philippines|Filippine
KR|South Korea,Korea|Corea del Sud,Corea
TH|Thailand|Thailandia
VN|Vietnam|Vietnam
ID|Indonesia|Indonesia
SG|Singapore|Singapore
IL|Israel|Israele
AE|United Arab Emirates,UAE,Emirates|Emirati Arabi Uniti,Emirati
SA|Saudi Arabia|Arabia Saudita
IR|Iran|Iran
IQ|Iraq|Iraq
SY|Syria|Siria
LB|Lebanon|Libano
EG|Egypt|Egitto
MA|Morocco|Marocco
TN|Tunisia|Tunisia
DZ|Algeria|Algeria
LY|Libya|Libia
NG|Nigeria|Nigeria
SN|Senegal|Senegal
GH|Ghana|Ghana
KE|Kenya|Kenya
ET|Ethiopia|Etiopia
ZA|South Africa|Sudafrica
`)

export const TONGUES = table(`
en|English|inglese
it|Italian|italiano
es|Spanish,Castilian|spagnolo,castigliano
fr|French|francese
de|German|tedesco
pt|Portuguese|portoghese
nl|Dutch|olandese
pl|Polish|polacco
ro|Romanian|rumeno,romeno
sq|Albanian|albanese
el|Greek|greco
ru|Russian|russo
uk|Ukrainian|ucraino
tr|Turkish|turco
ar|Arabic|arabo
he|Hebrew|ebraico
zh|Chinese,Mandarin|cinese,mandarino
ja|Japanese|giapponese
ko|Korean|coreano
hi|Hindi|hindi
bn|Bengali|bengalese
ur|Urdu|urdu
sv|Swedish|svedese
da|Danish|danese
no|Norwegian|norvegese
fi|Finnish|finlandese
cs|Czech|ceco
hu|Hungarian|ungherese
hr|Croatian|croato
sr|Serbian|serbo
`)
