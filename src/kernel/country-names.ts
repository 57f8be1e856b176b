import { namesTable } from './names.ts'

/** What a country is called, by ISO 3166 alpha-2 code: all 249, one name per language. What else people call it is known to `nlu/`. */
export const COUNTRY_NAMES = namesTable(`
AD|Andorra|Andorra|Andorra|Andorre|Andorra
AE|United Arab Emirates|Emirati Arabi Uniti|Emiratos Árabes Unidos|Émirats arabes unis|Vereinigte Arabische Emirate
AF|Afghanistan|Afghanistan|Afganistán|Afghanistan|Afghanistan
AG|Antigua and Barbuda|Antigua e Barbuda|Antigua y Barbuda|Antigua-et-Barbuda|Antigua und Barbuda
AI|Anguilla|Anguilla|Anguila|Anguilla|Anguilla
AL|Albania|Albania|Albania|Albanie|Albanien
AM|Armenia|Armenia|Armenia|Arménie|Armenien
AO|Angola|Angola|Angola|Angola|Angola
AQ|Antarctica|Antartide|Antártida|Antarctique|Antarktis
AR|Argentina|Argentina|Argentina|Argentine|Argentinien
AS|American Samoa|Samoa Americane|Samoa Americana|Samoa américaines|Amerikanisch-Samoa
AT|Austria|Austria|Austria|Autriche|Österreich
AU|Australia|Australia|Australia|Australie|Australien
AW|Aruba|Aruba|Aruba|Aruba|Aruba
AX|Åland Islands|Isole Åland|Islas Åland|Îles Åland|Ålandinseln
AZ|Azerbaijan|Azerbaigian|Azerbaiyán|Azerbaïdjan|Aserbaidschan
BA|Bosnia and Herzegovina|Bosnia ed Erzegovina|Bosnia y Herzegovina|Bosnie-Herzégovine|Bosnien und Herzegowina
BB|Barbados|Barbados|Barbados|Barbade|Barbados
BD|Bangladesh|Bangladesh|Bangladés|Bangladesh|Bangladesch
BE|Belgium|Belgio|Bélgica|Belgique|Belgien
BF|Burkina Faso|Burkina Faso|Burkina Faso|Burkina Faso|Burkina Faso
BG|Bulgaria|Bulgaria|Bulgaria|Bulgarie|Bulgarien
BH|Bahrain|Bahrein|Baréin|Bahreïn|Bahrain
BI|Burundi|Burundi|Burundi|Burundi|Burundi
BJ|Benin|Benin|Benín|Bénin|Benin
BL|Saint Barthélemy|Saint-Barthélemy|San Bartolomé|Saint-Barthélemy|Saint Barthélemy
BM|Bermuda|Bermuda|Bermudas|Bermudes|Bermuda
BN|Brunei|Brunei|Brunéi|Brunei|Brunei
BO|Bolivia|Bolivia|Bolivia|Bolivie|Bolivien
BQ|Caribbean Netherlands|Caraibi Olandesi|Caribe neerlandés|Pays-Bas caribéens|Karibische Niederlande
BR|Brazil|Brasile|Brasil|Brésil|Brasilien
BS|Bahamas|Bahamas|Bahamas|Bahamas|Bahamas
BT|Bhutan|Bhutan|Bután|Bhoutan|Bhutan
BV|Bouvet Island|Isola Bouvet|Isla Bouvet|Île Bouvet|Bouvetinsel
BW|Botswana|Botswana|Botsuana|Botswana|Botsuana
BY|Belarus|Bielorussia|Bielorrusia|Biélorussie|Belarus
BZ|Belize|Belize|Belice|Belize|Belize
CA|Canada|Canada|Canadá|Canada|Kanada
CC|Cocos Islands|Isole Cocos|Islas Cocos|Îles Cocos|Kokosinseln
CD|Democratic Republic of the Congo|Repubblica Democratica del Congo|República Democrática del Congo|République démocratique du Congo|Demokratische Republik Kongo
CF|Central African Republic|Repubblica Centrafricana|República Centroafricana|République centrafricaine|Zentralafrikanische Republik
CG|Republic of the Congo|Repubblica del Congo|República del Congo|République du Congo|Republik Kongo
CH|Switzerland|Svizzera|Suiza|Suisse|Schweiz
CI|Ivory Coast|Costa d'Avorio|Costa de Marfil|Côte d'Ivoire|Elfenbeinküste
CK|Cook Islands|Isole Cook|Islas Cook|Îles Cook|Cookinseln
CL|Chile|Cile|Chile|Chili|Chile
CM|Cameroon|Camerun|Camerún|Cameroun|Kamerun
CN|China|Cina|China|Chine|China
CO|Colombia|Colombia|Colombia|Colombie|Kolumbien
CR|Costa Rica|Costa Rica|Costa Rica|Costa Rica|Costa Rica
CU|Cuba|Cuba|Cuba|Cuba|Kuba
CV|Cape Verde|Capo Verde|Cabo Verde|Cap-Vert|Cabo Verde
CW|Curaçao|Curaçao|Curazao|Curaçao|Curaçao
CX|Christmas Island|Isola Christmas|Isla de Navidad|Île Christmas|Weihnachtsinsel
CY|Cyprus|Cipro|Chipre|Chypre|Zypern
CZ|Czech Republic|Repubblica Ceca|República Checa|République tchèque|Tschechien
DE|Germany|Germania|Alemania|Allemagne|Deutschland
DJ|Djibouti|Gibuti|Yibuti|Djibouti|Dschibuti
DK|Denmark|Danimarca|Dinamarca|Danemark|Dänemark
DM|Dominica|Dominica|Dominica|Dominique|Dominica
DO|Dominican Republic|Repubblica Dominicana|República Dominicana|République dominicaine|Dominikanische Republik
DZ|Algeria|Algeria|Argelia|Algérie|Algerien
EC|Ecuador|Ecuador|Ecuador|Équateur|Ecuador
EE|Estonia|Estonia|Estonia|Estonie|Estland
EG|Egypt|Egitto|Egipto|Égypte|Ägypten
EH|Western Sahara|Sahara Occidentale|Sáhara Occidental|Sahara occidental|Westsahara
ER|Eritrea|Eritrea|Eritrea|Érythrée|Eritrea
ES|Spain|Spagna|España|Espagne|Spanien
ET|Ethiopia|Etiopia|Etiopía|Éthiopie|Äthiopien
FI|Finland|Finlandia|Finlandia|Finlande|Finnland
FJ|Fiji|Figi|Fiyi|Fidji|Fidschi
FK|Falkland Islands|Isole Falkland|Islas Malvinas|Îles Malouines|Falklandinseln
FM|Micronesia|Micronesia|Micronesia|Micronésie|Mikronesien
FO|Faroe Islands|Isole Fær Øer|Islas Feroe|Îles Féroé|Färöer
FR|France|Francia|Francia|France|Frankreich
GA|Gabon|Gabon|Gabón|Gabon|Gabun
GB|United Kingdom|Regno Unito|Reino Unido|Royaume-Uni|Vereinigtes Königreich
GD|Grenada|Grenada|Granada|Grenade|Grenada
GE|Georgia|Georgia|Georgia|Géorgie|Georgien
GF|French Guiana|Guyana Francese|Guayana Francesa|Guyane française|Französisch-Guayana
GG|Guernsey|Guernsey|Guernesey|Guernesey|Guernsey
GH|Ghana|Ghana|Ghana|Ghana|Ghana
GI|Gibraltar|Gibilterra|Gibraltar|Gibraltar|Gibraltar
GL|Greenland|Groenlandia|Groenlandia|Groenland|Grönland
GM|Gambia|Gambia|Gambia|Gambie|Gambia
GN|Guinea|Guinea|Guinea|Guinée|Guinea
GP|Guadeloupe|Guadalupa|Guadalupe|Guadeloupe|Guadeloupe
GQ|Equatorial Guinea|Guinea Equatoriale|Guinea Ecuatorial|Guinée équatoriale|Äquatorialguinea
GR|Greece|Grecia|Grecia|Grèce|Griechenland
GS|South Georgia and the South Sandwich Islands|Georgia del Sud e Sandwich Australi|Islas Georgia del Sur y Sandwich del Sur|Géorgie du Sud-et-les Îles Sandwich du Sud|Südgeorgien und die Südlichen Sandwichinseln
GT|Guatemala|Guatemala|Guatemala|Guatemala|Guatemala
GU|Guam|Guam|Guam|Guam|Guam
GW|Guinea-Bissau|Guinea-Bissau|Guinea-Bisáu|Guinée-Bissau|Guinea-Bissau
GY|Guyana|Guyana|Guyana|Guyana|Guyana
HK|Hong Kong|Hong Kong|Hong Kong|Hong Kong|Hongkong
HM|Heard and McDonald Islands|Isole Heard e McDonald|Islas Heard y McDonald|Îles Heard-et-MacDonald|Heard und McDonaldinseln
HN|Honduras|Honduras|Honduras|Honduras|Honduras
HR|Croatia|Croazia|Croacia|Croatie|Kroatien
HT|Haiti|Haiti|Haití|Haïti|Haiti
HU|Hungary|Ungheria|Hungría|Hongrie|Ungarn
ID|Indonesia|Indonesia|Indonesia|Indonésie|Indonesien
IE|Ireland|Irlanda|Irlanda|Irlande|Irland
IL|Israel|Israele|Israel|Israël|Israel
IM|Isle of Man|Isola di Man|Isla de Man|Île de Man|Isle of Man
IN|India|India|India|Inde|Indien
IO|British Indian Ocean Territory|Territorio Britannico dell'Oceano Indiano|Territorio Británico del Océano Índico|Territoire britannique de l'océan Indien|Britisches Territorium im Indischen Ozean
IQ|Iraq|Iraq|Irak|Irak|Irak
IR|Iran|Iran|Irán|Iran|Iran
IS|Iceland|Islanda|Islandia|Islande|Island
IT|Italy|Italia|Italia|Italie|Italien
JE|Jersey|Jersey|Jersey|Jersey|Jersey
JM|Jamaica|Giamaica|Jamaica|Jamaïque|Jamaika
JO|Jordan|Giordania|Jordania|Jordanie|Jordanien
JP|Japan|Giappone|Japón|Japon|Japan
KE|Kenya|Kenya|Kenia|Kenya|Kenia
KG|Kyrgyzstan|Kirghizistan|Kirguistán|Kirghizstan|Kirgisistan
KH|Cambodia|Cambogia|Camboya|Cambodge|Kambodscha
KI|Kiribati|Kiribati|Kiribati|Kiribati|Kiribati
KM|Comoros|Comore|Comoras|Comores|Komoren
KN|Saint Kitts and Nevis|Saint Kitts e Nevis|San Cristóbal y Nieves|Saint-Christophe-et-Niévès|Saint Kitts und Nevis
KP|North Korea|Corea del Nord|Corea del Norte|Corée du Nord|Nordkorea
KR|South Korea|Corea del Sud|Corea del Sur|Corée du Sud|Südkorea
KW|Kuwait|Kuwait|Kuwait|Koweït|Kuwait
KY|Cayman Islands|Isole Cayman|Islas Caimán|Îles Caïmans|Kaimaninseln
KZ|Kazakhstan|Kazakistan|Kazajistán|Kazakhstan|Kasachstan
LA|Laos|Laos|Laos|Laos|Laos
LB|Lebanon|Libano|Líbano|Liban|Libanon
LC|Saint Lucia|Saint Lucia|Santa Lucía|Sainte-Lucie|Saint Lucia
LI|Liechtenstein|Liechtenstein|Liechtenstein|Liechtenstein|Liechtenstein
LK|Sri Lanka|Sri Lanka|Sri Lanka|Sri Lanka|Sri Lanka
LR|Liberia|Liberia|Liberia|Liberia|Liberia
LS|Lesotho|Lesotho|Lesoto|Lesotho|Lesotho
LT|Lithuania|Lituania|Lituania|Lituanie|Litauen
LU|Luxembourg|Lussemburgo|Luxemburgo|Luxembourg|Luxemburg
LV|Latvia|Lettonia|Letonia|Lettonie|Lettland
LY|Libya|Libia|Libia|Libye|Libyen
MA|Morocco|Marocco|Marruecos|Maroc|Marokko
MC|Monaco|Monaco|Mónaco|Monaco|Monaco
MD|Moldova|Moldavia|Moldavia|Moldavie|Moldau
ME|Montenegro|Montenegro|Montenegro|Monténégro|Montenegro
MF|Saint Martin|Saint Martin|San Martín|Saint-Martin|Saint Martin
MG|Madagascar|Madagascar|Madagascar|Madagascar|Madagaskar
MH|Marshall Islands|Isole Marshall|Islas Marshall|Îles Marshall|Marshallinseln
MK|North Macedonia|Macedonia del Nord|Macedonia del Norte|Macédoine du Nord|Nordmazedonien
ML|Mali|Mali|Mali|Mali|Mali
MM|Myanmar|Myanmar|Myanmar|Myanmar|Myanmar
MN|Mongolia|Mongolia|Mongolia|Mongolie|Mongolei
MO|Macao|Macao|Macao|Macao|Macao
MP|Northern Mariana Islands|Isole Marianne Settentrionali|Islas Marianas del Norte|Îles Mariannes du Nord|Nördliche Marianen
MQ|Martinique|Martinica|Martinica|Martinique|Martinique
MR|Mauritania|Mauritania|Mauritania|Mauritanie|Mauretanien
MS|Montserrat|Montserrat|Montserrat|Montserrat|Montserrat
MT|Malta|Malta|Malta|Malte|Malta
MU|Mauritius|Mauritius|Mauricio|Maurice|Mauritius
MV|Maldives|Maldive|Maldivas|Maldives|Malediven
MW|Malawi|Malawi|Malaui|Malawi|Malawi
MX|Mexico|Messico|México|Mexique|Mexiko
MY|Malaysia|Malaysia|Malasia|Malaisie|Malaysia
MZ|Mozambique|Mozambico|Mozambique|Mozambique|Mosambik
NA|Namibia|Namibia|Namibia|Namibie|Namibia
NC|New Caledonia|Nuova Caledonia|Nueva Caledonia|Nouvelle-Calédonie|Neukaledonien
NE|Niger|Niger|Níger|Niger|Niger
NF|Norfolk Island|Isola Norfolk|Isla Norfolk|Île Norfolk|Norfolkinsel
NG|Nigeria|Nigeria|Nigeria|Nigeria|Nigeria
NI|Nicaragua|Nicaragua|Nicaragua|Nicaragua|Nicaragua
NL|Netherlands|Paesi Bassi|Países Bajos|Pays-Bas|Niederlande
NO|Norway|Norvegia|Noruega|Norvège|Norwegen
NP|Nepal|Nepal|Nepal|Népal|Nepal
NR|Nauru|Nauru|Nauru|Nauru|Nauru
NU|Niue|Niue|Niue|Niue|Niue
NZ|New Zealand|Nuova Zelanda|Nueva Zelanda|Nouvelle-Zélande|Neuseeland
OM|Oman|Oman|Omán|Oman|Oman
PA|Panama|Panama|Panamá|Panama|Panama
PE|Peru|Perù|Perú|Pérou|Peru
PF|French Polynesia|Polinesia Francese|Polinesia Francesa|Polynésie française|Französisch-Polynesien
PG|Papua New Guinea|Papua Nuova Guinea|Papúa Nueva Guinea|Papouasie-Nouvelle-Guinée|Papua-Neuguinea
PH|Philippines|Filippine|Filipinas|Philippines|Philippinen
PK|Pakistan|Pakistan|Pakistán|Pakistan|Pakistan
PL|Poland|Polonia|Polonia|Pologne|Polen
PM|Saint Pierre and Miquelon|Saint-Pierre e Miquelon|San Pedro y Miquelón|Saint-Pierre-et-Miquelon|Saint Pierre und Miquelon
PN|Pitcairn Islands|Isole Pitcairn|Islas Pitcairn|Îles Pitcairn|Pitcairninseln
PR|Puerto Rico|Portorico|Puerto Rico|Porto Rico|Puerto Rico
PS|Palestine|Palestina|Palestina|Palestine|Palästina
PT|Portugal|Portogallo|Portugal|Portugal|Portugal
PW|Palau|Palau|Palaos|Palaos|Palau
PY|Paraguay|Paraguay|Paraguay|Paraguay|Paraguay
QA|Qatar|Qatar|Catar|Qatar|Katar
RE|Réunion|Riunione|Reunión|La Réunion|Réunion
RO|Romania|Romania|Rumanía|Roumanie|Rumänien
RS|Serbia|Serbia|Serbia|Serbie|Serbien
RU|Russia|Russia|Rusia|Russie|Russland
RW|Rwanda|Ruanda|Ruanda|Rwanda|Ruanda
SA|Saudi Arabia|Arabia Saudita|Arabia Saudí|Arabie saoudite|Saudi-Arabien
SB|Solomon Islands|Isole Salomone|Islas Salomón|Îles Salomon|Salomonen
SC|Seychelles|Seychelles|Seychelles|Seychelles|Seychellen
SD|Sudan|Sudan|Sudán|Soudan|Sudan
SE|Sweden|Svezia|Suecia|Suède|Schweden
SG|Singapore|Singapore|Singapur|Singapour|Singapur
SH|Saint Helena|Sant'Elena|Santa Elena|Sainte-Hélène|Saint Helena
SI|Slovenia|Slovenia|Eslovenia|Slovénie|Slowenien
SJ|Svalbard and Jan Mayen|Svalbard e Jan Mayen|Svalbard y Jan Mayen|Svalbard et Jan Mayen|Spitzbergen und Jan Mayen
SK|Slovakia|Slovacchia|Eslovaquia|Slovaquie|Slowakei
SL|Sierra Leone|Sierra Leone|Sierra Leona|Sierra Leone|Sierra Leone
SM|San Marino|San Marino|San Marino|Saint-Marin|San Marino
SN|Senegal|Senegal|Senegal|Sénégal|Senegal
SO|Somalia|Somalia|Somalia|Somalie|Somalia
SR|Suriname|Suriname|Surinam|Suriname|Suriname
SS|South Sudan|Sud Sudan|Sudán del Sur|Soudan du Sud|Südsudan
ST|São Tomé and Príncipe|São Tomé e Príncipe|Santo Tomé y Príncipe|Sao Tomé-et-Principe|São Tomé und Príncipe
SV|El Salvador|El Salvador|El Salvador|Salvador|El Salvador
SX|Sint Maarten|Sint Maarten|Sint Maarten|Sint Maarten|Sint Maarten
SY|Syria|Siria|Siria|Syrie|Syrien
SZ|Eswatini|Eswatini|Esuatini|Eswatini|Eswatini
TC|Turks and Caicos Islands|Isole Turks e Caicos|Islas Turcas y Caicos|Îles Turques-et-Caïques|Turks- und Caicosinseln
TD|Chad|Ciad|Chad|Tchad|Tschad
TF|French Southern Territories|Terre Australi Francesi|Territorios Australes Franceses|Terres australes françaises|Französische Süd- und Antarktisgebiete
TG|Togo|Togo|Togo|Togo|Togo
TH|Thailand|Thailandia|Tailandia|Thaïlande|Thailand
TJ|Tajikistan|Tagikistan|Tayikistán|Tadjikistan|Tadschikistan
TK|Tokelau|Tokelau|Tokelau|Tokelau|Tokelau
TL|Timor-Leste|Timor Est|Timor-Leste|Timor oriental|Timor-Leste
TM|Turkmenistan|Turkmenistan|Turkmenistán|Turkménistan|Turkmenistan
TN|Tunisia|Tunisia|Túnez|Tunisie|Tunesien
TO|Tonga|Tonga|Tonga|Tonga|Tonga
TR|Turkey|Turchia|Turquía|Turquie|Türkei
TT|Trinidad and Tobago|Trinidad e Tobago|Trinidad y Tobago|Trinité-et-Tobago|Trinidad und Tobago
TV|Tuvalu|Tuvalu|Tuvalu|Tuvalu|Tuvalu
TW|Taiwan|Taiwan|Taiwán|Taïwan|Taiwan
TZ|Tanzania|Tanzania|Tanzania|Tanzanie|Tansania
UA|Ukraine|Ucraina|Ucrania|Ukraine|Ukraine
UG|Uganda|Uganda|Uganda|Ouganda|Uganda
UM|U.S. Outlying Islands|Isole Minori Esterne degli Stati Uniti|Islas menores alejadas de EE. UU.|Îles mineures éloignées des États-Unis|Amerikanische Überseeinseln
US|United States|Stati Uniti|Estados Unidos|États-Unis|Vereinigte Staaten
UY|Uruguay|Uruguay|Uruguay|Uruguay|Uruguay
UZ|Uzbekistan|Uzbekistan|Uzbekistán|Ouzbékistan|Usbekistan
VA|Vatican City|Città del Vaticano|Ciudad del Vaticano|Vatican|Vatikanstadt
VC|Saint Vincent and the Grenadines|Saint Vincent e Grenadine|San Vicente y las Granadinas|Saint-Vincent-et-les Grenadines|Saint Vincent und die Grenadinen
VE|Venezuela|Venezuela|Venezuela|Venezuela|Venezuela
VG|British Virgin Islands|Isole Vergini Britanniche|Islas Vírgenes Británicas|Îles Vierges britanniques|Britische Jungferninseln
VI|U.S. Virgin Islands|Isole Vergini Americane|Islas Vírgenes de EE. UU.|Îles Vierges des États-Unis|Amerikanische Jungferninseln
VN|Vietnam|Vietnam|Vietnam|Viêt Nam|Vietnam
VU|Vanuatu|Vanuatu|Vanuatu|Vanuatu|Vanuatu
WF|Wallis and Futuna|Wallis e Futuna|Wallis y Futuna|Wallis-et-Futuna|Wallis und Futuna
WS|Samoa|Samoa|Samoa|Samoa|Samoa
YE|Yemen|Yemen|Yemen|Yémen|Jemen
YT|Mayotte|Mayotte|Mayotte|Mayotte|Mayotte
ZA|South Africa|Sudafrica|Sudáfrica|Afrique du Sud|Südafrika
ZM|Zambia|Zambia|Zambia|Zambie|Sambia
ZW|Zimbabwe|Zimbabwe|Zimbabue|Zimbabwe|Simbabwe
`)
