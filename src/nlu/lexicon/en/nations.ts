import { nationsTable } from '../nations.ts'

export const nations = nationsTable(
  `
AF afghan~
AL albanian~
DZ algerian~
AO angolan~
AR argentine~,argentinian~,argentinean~
AM armenian~
AU australian~,aussie~
AT austrian~
AZ azerbaijani~
BB barbadian~
BM bermudian~
BS bahamian~
BZ belizean~
FJ fijian~
GY guyanese
LR liberian~
MU mauritian~
NA namibian~
TT trinidadian~
BD bangladeshi~
BY belarusian~
BE belgian~
BO bolivian~
BA bosnian~
BR brazilian~
BG bulgarian~
CM cameroonian~
CA canadian~
CL chilean~
CN chinese
CO colombian~
CD congolese
CR costa rican~
HR croatian~,croat~
CU cuban~
CY cypriot~
CZ czech~
DK danish,dane~
DO dominican~
EC ecuadorian~
EG egyptian~
SV salvadoran~
EE estonian~
ET ethiopian~
FI finnish,finn~
FR french,frenchman,frenchwoman
GE georgian~
DE german~
GH ghanaian~
GR greek~
GT guatemalan~
HN honduran~
HK hong kong
HU hungarian~
IS icelandic,icelander~
IN indian~
ID indonesian~
IR iranian~
IQ iraqi~
IE irish,irishman,irishwoman
IL israeli~
IT italian~
JM jamaican~
JP japanese
JO jordanian~
KZ kazakh~
KE kenyan~
KW kuwaiti~
LV latvian~
LB lebanese
LY libyan~
LT lithuanian~
LU luxembourgish,luxembourger~
MY malaysian~
MT maltese
MX mexican~
MD moldovan~
MA moroccan~
NP nepali~,nepalese
NL dutch,dutchman,dutchwoman
NZ new zealand,new zealander~,kiwi~
NI nicaraguan~
NG nigerian~
NO norwegian~
OM omani~
PK pakistani~
PA panamanian~
PY paraguayan~
PE peruvian~
PH philippine,filipino~,filipina~
PL polish
PT portuguese
QA qatari~
RO romanian~
RU russian~
SA saudi~,saudi arabian~
SN senegalese
RS serbian~,serb~
SG singapore,singaporean~
SK slovak~,slovakian~
SI slovenian~,slovene~
SO somali~
ZA south african~
KR south korean~,korean~
KP north korean~
ES spanish,spaniard~
LK sri lankan~
SE swedish,swede~
CH swiss
SY syrian~
TW taiwan,taiwanese,new taiwan
TZ tanzanian~
TH thai
TN tunisian~
TR turkish
UG ugandan~
UA ukrainian~
AE emirati~,uae
GB british,english,scottish,welsh,briton~,brit~,uk
US us,u . s .,american~,united states,usa
UY uruguayan~
VE venezuelan~
VN vietnamese
YE yemeni~`,
  { '~': ['', 's'] },
)
