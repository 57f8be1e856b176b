/** ISO 4217 codes in use, and the two coins that have a code by custom. */
export const CURRENCY_CODES: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTC BTN BWP BYN BZD CAD CDF CHF CLP ' +
    'CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB ETH EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK ' +
    'MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR ' +
    'SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES ' +
    'VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'
  ).split(' '),
)

/** Codes that mean nothing else in small letters. */
export const PLAIN_CODES: ReadonlySet<string> = new Set(
  (
    'aed ars aud brl btc cad chf clp cny czk dkk egp eur gbp hkd huf idr ils inr jpy krw kwd mxn myr nok nzd php pkr pln ' +
    'qar rub sek sgd thb twd uah usd vnd zar'
  ).split(' '),
)

export const CURRENCY_SIGNS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['￥', 'CNY'],
  ['¢', 'CENT'],
  ['₹', 'INR'],
  ['₨', 'INR'],
  ['₽', 'RUB'],
  ['₩', 'KRW'],
  ['₺', 'TRY'],
  ['₴', 'UAH'],
  ['₪', 'ILS'],
  ['₫', 'VND'],
  ['₱', 'PHP'],
  ['₦', 'NGN'],
  ['₡', 'CRC'],
  ['₲', 'PYG'],
  ['₵', 'GHS'],
  ['₭', 'LAK'],
  ['₮', 'MNT'],
  ['₸', 'KZT'],
  ['₾', 'GEL'],
  ['₼', 'AZN'],
  ['₿', 'BTC'],
  ['฿', 'THB'],
  ['֏', 'AMD'],
])

/** Letters beside a dollar sign: "US$", "$ CA". */
export const DOLLAR_LETTERS: ReadonlyMap<string, string> = new Map([
  ['us', 'USD'],
  ['c', 'CAD'],
  ['ca', 'CAD'],
  ['can', 'CAD'],
  ['a', 'AUD'],
  ['au', 'AUD'],
  ['nz', 'NZD'],
  ['hk', 'HKD'],
  ['s', 'SGD'],
  ['sg', 'SGD'],
  ['nt', 'TWD'],
  ['tw', 'TWD'],
  ['mx', 'MXN'],
  ['mex', 'MXN'],
  ['r', 'BRL'],
  ['ar', 'ARS'],
  ['cl', 'CLP'],
  ['col', 'COP'],
  ['j', 'JMD'],
  ['bds', 'BBD'],
])

/** Currencies of one name: the code that the name means alone, and the codes it has with a country. */
const RELATED: readonly (readonly [code: string, byCountry: string])[] = [
  [
    'USD',
    'CA:CAD AU:AUD NZ:NZD HK:HKD SG:SGD TW:TWD JM:JMD BB:BBD BM:BMD BS:BSD BZ:BZD KY:KYD FJ:FJD GY:GYD LR:LRD NA:NAD SB:SBD SR:SRD TT:TTD BN:BND',
  ],
  ['GBP', 'EG:EGP LB:LBP SY:SYP GI:GIP FK:FKP SH:SHP SD:SDG SS:SSP'],
  [
    'CHF',
    'CD:CDF CM:XAF SN:XOF CI:XOF ML:XOF BJ:XOF TG:XOF NE:XOF BF:XOF GA:XAF TD:XAF CG:XAF KM:KMF BI:BIF RW:RWF DJ:DJF GN:GNF',
  ],
  ['MXN', 'AR:ARS CO:COP CL:CLP PH:PHP DO:DOP UY:UYU CU:CUP'],
  ['SEK', 'NO:NOK DK:DKK IS:ISK CZ:CZK SE:SEK'],
  ['INR', 'PK:PKR LK:LKR NP:NPR MU:MUR SC:SCR ID:IDR'],
  ['RSD', 'KW:KWD BH:BHD JO:JOD IQ:IQD DZ:DZD TN:TND LY:LYD'],
  ['SAR', 'IR:IRR OM:OMR QA:QAR YE:YER'],
  ['RUB', 'BY:BYN'],
  ['KES', 'UG:UGX TZ:TZS SO:SOS'],
  ['AED', 'MA:MAD'],
  ['KRW', 'KP:KPW'],
  ['RON', 'MD:MDL'],
  ['AZN', 'TM:TMT'],
  ['ZMW', 'MW:MWK'],
]

/** Names that are alike in all five languages. */
export const SHARED_COINS: readonly (readonly [phrases: string, code: string])[] = [
  ['afghani|afghanis', 'AFN'],
  ['ariary', 'MGA'],
  ['balboa|balboas', 'PAB'],
  ['birr', 'ETB'],
  ['dalasi|dalasis', 'GMD'],
  ['denar|denars', 'MKD'],
  ['dobra|dobras', 'STN'],
  ['dram|drams', 'AMD'],
  ['ether|ethers|ethereum', 'ETH'],
  ['gourde|gourdes', 'HTG'],
  ['guarani|guaranis|guaranies', 'PYG'],
  ['kip|kips', 'LAK'],
  ['kwacha|kwachas', 'ZMW'],
  ['kwanza|kwanzas', 'AOA'],
  ['kyat|kyats', 'MMK'],
  ['lari|laris', 'GEL'],
  ['lek|leks', 'ALL'],
  ['lempira|lempiras', 'HNL'],
  ['leone|leones', 'SLE'],
  ['manat|manats', 'AZN'],
  ['metical|meticais|meticales', 'MZN'],
  ['ngultrum|ngultrums', 'BTN'],
  ['nuevo sol|nuevos soles', 'PEN'],
  ['pataca|patacas', 'MOP'],
  ['pula|pulas', 'BWP'],
  ['quetzal|quetzales|quetzals', 'GTQ'],
  ['rm', 'MYR'],
  ['riel|riels', 'KHR'],
  ['rufiyaa|rufiyaas', 'MVR'],
  ['somoni|somonis', 'TJS'],
  ['taka|takas', 'BDT'],
  ['tenge|tenges', 'KZT'],
  ['tugrik|tugriks', 'MNT'],
  ['vatu|vatus', 'VUV'],
]

const BY_COUNTRY: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  RELATED.map(([code, list]) => [code, new Map(list.split(' ').map((pair) => pair.split(':') as [string, string]))]),
)

/** The currency of this name that belongs to the country; the name's own where it has none there. */
export function currencyOf(code: string, country: string): string {
  return BY_COUNTRY.get(code)?.get(country) ?? code
}

/** Where money is not the euro. */
const HOME = new Map(
  (
    'GB:GBP US:USD CH:CHF LI:CHF JP:JPY CA:CAD AU:AUD NZ:NZD MX:MXN AR:ARS CO:COP CL:CLP PE:PEN UY:UYU BO:BOB PY:PYG VE:VES ' +
    'CU:CUP DO:DOP GT:GTQ HN:HNL NI:NIO CR:CRC EC:USD SV:USD PA:USD PR:USD BR:BRL SE:SEK NO:NOK DK:DKK IS:ISK PL:PLN CZ:CZK ' +
    'HU:HUF RO:RON RS:RSD UA:UAH RU:RUB TR:TRY IN:INR PK:PKR LK:LKR NP:NPR BD:BDT CN:CNY HK:HKD TW:TWD SG:SGD MY:MYR ID:IDR ' +
    'TH:THB VN:VND PH:PHP KR:KRW IL:ILS AE:AED SA:SAR QA:QAR KW:KWD EG:EGP MA:MAD TN:TND DZ:DZD ZA:ZAR NG:NGN KE:KES GH:GHS ' +
    'AL:ALL MD:MDL GE:GEL SN:XOF CI:XOF CM:XAF'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)

/** The currency that an amount without one is in. */
export function homeCurrency(country: string): string {
  return HOME.get(country) ?? 'EUR'
}
