import { nationsTable } from '../nations.ts'

export const nations = nationsTable(
  `
AF afghan*
AL albanais*
DZ algerie#
AO angolais*
AR argentin*
AM armenie#
AU australie#
AT autrichie#
AZ azerbaidjanais*
BB barbadie#,barbade
BD bangladais*
BY bielorusse~
BE belge~
BO bolivie#
BA bosniaque~,bosnie#
BR bresilie#
BG bulgare~
CM camerounais*
CA canadie#
CL chilie#
CN chinois*
CO colombie#
CD congolais*
CR costaricie#,costaricain*
HR croate~
CU cubain*
CY chypriote~
CZ tcheque~
DK danois*
DO dominicain*
EC equatorie#
EG egyptie#
SV salvadorie#
EE estonie#
ET ethiopie#
FI finlandais*
FR francais*
GE georgie#
DE allemand*
GH ghanee#
GR grec~,grecque~
GT guatemalteque~
HN hondurie#
HK hong kong,hongkongais*
HU hongrois*
IS islandais*
IN indie#
ID indonesie#
IR iranie#
IQ irakie#,iraquie#
IE irlandais*
IL israelie#
IT italie#
JM jamaicain*,jamaiquain*
JP japonais*
JO jordanie#
KZ kazakh*
KE kenya#
KW koweitie#
LV letton*,lettonne
LB libanais*
LY libye#
LT lituanie#
LU luxembourgeois*
MY malaisie#
MT maltais*
MX mexicain*
MD moldave~
MA marocain*
NP nepalais*
NL neerlandais*,hollandais*
NZ neo zelandais*,neozelandais*
NI nicaraguaye#
NG nigerian*
NO norvegie#
OM omanais*
PK pakistanais*
PA panamee#
PY paraguaye#
PE peruvie#
PH philippin*
PL polonais*
PT portugais*
QA qatarie#,qatari~
RO roumain*
RU russe~
SA saoudie#
SN senegalais*
RS serbe~
SG singapourie#,singapour
SK slovaque~
SI slovene~
SO somalie#
ZA sud africain*,sudafricain*
KR sud coree#,coree#
KP nord coree#
ES espagnol*
LK sri lankais*
SE suedois*
CH suisse~,suissesse,helvetique~
SY syrie#
TW taiwanais*,taiwan
TZ tanzanie#
TH thailandais*,thai
TN tunisie#
TR turc~,turque~
UG ougandais*
UA ukrainie#
AE emirati*,emirats
GB britannique~,anglais*,ecossais*,gallois*
US americain*,etats unis,etasunie#,us,usa
UY uruguaye#
VE venezuelie#
VN vietnamie#
YE yemenite~`,
  { '*': ['', 'e', 's', 'es'], '~': ['', 's'], '#': ['n', 'ns', 'nne', 'nnes'] },
)
