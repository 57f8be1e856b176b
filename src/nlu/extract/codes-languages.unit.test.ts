import { describe, expect, it } from 'vitest'
import { take } from '../testing/ask.ts'

describe('codes that are spelled', () => {
  it.each([
    ['tax-code-it', 'it', 'erre esse esse emme erre a otto zero a zero uno acca cinque zero uno u', 'RSSMRA80A01H501U'],
    ['tax-code-it', 'it', 'erre esse esse emme erre a ottanta a zero uno acca cinquecentouno u', 'RSSMRA80A01H501U'],
    [
      'tax-code-it',
      'it',
      'R come Roma S come Savona S di Savona M come Milano R come Roma A come Ancona 80 A come Ancona 01 H come hotel 501 U come Udine',
      'RSSMRA80A01H501U',
    ],
    [
      'tax-code-it',
      'it',
      'Roma Savona Savona Milano Roma Ancona ottanta Ancona zero uno acca cinque zero uno Udine',
      'RSSMRA80A01H501U',
    ],
    [
      'iban',
      'it',
      'I T sessanta X zero cinque quattro due otto undici uno zero uno doppio zero doppio zero doppio zero uno due tre quattro cinque sei',
      'IT60X0542811101000000123456',
    ],
    ['iban', 'de', 'DE 89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    [
      'iban',
      'de',
      'd e neunundachtzig siebenunddreißig null vier null null vier vier null fünf drei zwei null eins drei null null null',
      'DE89370400440532013000',
    ],
    ['iban', 'es', 'ES91 2100 0418 4502 0005 1332', 'ES9121000418450200051332'],
    ['iban', 'fr', 'FR14 2004 1010 0505 0001 3M02 606', 'FR1420041010050500013M02606'],
    ['payment-card', 'en', 'four triple one double one double one double one double one triple one one', '4111111111111111'],
    [
      'payment-card',
      'it',
      'cinque cinque cinque cinque cinque cinque cinque cinque cinque cinque cinque cinque quattro quattro quattro quattro',
      '5555555555554444',
    ],
    ['payment-card', 'fr', 'trois sept huit deux huit deux deux quatre six trois un zéro zéro zéro cinq', '378282246310005'],
    ['pod-code', 'it', 'i ti zero zero uno e uno due tre quattro cinque sei sette otto', 'IT001E12345678'],
    ['pdr-code', 'it', '00881234567890', '00881234567890'],
    ['pdr-code', 'it', 'zero zero ottantotto dodici trentaquattro cinquantasei settantotto novanta', '00881234567890'],
    ['licence-plate', 'it', 'a b uno due tre c d', 'AB123CD'],
    ['licence-plate', 'it', 'la targa è effe erre 456 zeta kappa', 'FR456ZK'],
    ['licence-plate', 'it', 'Ancona Bologna centoventitré Como Domodossola', 'AB123CD'],
    ['licence-plate', 'es', 'mil doscientos treinta y cuatro be ce de', '1234BCD'],
    ['licence-plate', 'es', '1234 BCD', '1234BCD'],
    ['licence-plate', 'es', 'es cuatro cuatro nueve cero i griega te de', '4490YTD'],
    ['licence-plate', 'it', 'la targa è di erre zero otto sei ipsilon erre', 'DR086YR'],
    ['licence-plate', 'it', 'è gi i lunga zero due zero e effe', 'GJ020EF'],
    ['licence-plate', 'fr', "c'est double vé i grec sept trois cinq ixe erre", 'WY735XR'],
    ['licence-plate', 'fr', 'AB-123-CD', 'AB123CD'],
    ['licence-plate', 'fr', 'a b cent vingt-trois c d', 'AB123CD'],
    ['licence-plate', 'de', 'M-AB 1234', 'MAB1234'],
    ['licence-plate', 'de', 'mein kennzeichen ist b wie berta x y eins zwei drei', 'BXY123'],
    ['licence-plate', 'en', 'alpha bravo five one x ray yankee zulu', 'AB51XYZ'],
    ['licence-plate', 'en', 'my plate is AB12 CDE', 'AB12CDE'],
  ] as const)('%s, %s "%s"', (type, locale, text, value) => {
    expect(take(type, locale, text)).toBe(value)
  })
})

describe('a VAT number', () => {
  it.each([
    ['it', '00743110157', 'IT00743110157'],
    ['it', 'partita iva IT 00743110157', 'IT00743110157'],
    ['it', 'zero zero sette quattro tre undici zero uno cinquantasette', 'IT00743110157'],
    ['es', 'B58378431', 'ESB58378431'],
    ['es', '54362315K', 'ES54362315K'],
    ['es', 'X2482300W', 'ESX2482300W'],
    ['fr', 'FR 40 303 265 045', 'FR40303265045'],
    ['fr', 'FR23334175221', 'FR23334175221'],
    ['de', 'DE 136,695 976', 'DE136695976'],
    ['de', '136695976', 'DE136695976'],
    ['en', 'GB 980 7806 84', 'GB980780684'],
    ['en', 'ATU13585627', 'ATU13585627'],
    ['en', 'BE0428759497', 'BE0428759497'],
    ['en', 'BG175074752', 'BG175074752'],
    ['en', 'CY10259033P', 'CY10259033P'],
    ['en', 'CZ25123891', 'CZ25123891'],
    ['en', 'DK13585628', 'DK13585628'],
    ['en', 'EE100931558', 'EE100931558'],
    ['en', 'EL094259216', 'EL094259216'],
    ['en', 'FI20774740', 'FI20774740'],
    ['en', 'HR33392005961', 'HR33392005961'],
    ['en', 'HU12892312', 'HU12892312'],
    ['en', 'IE6433435F', 'IE6433435F'],
    ['en', 'LT119511515', 'LT119511515'],
    ['en', 'LU15027442', 'LU15027442'],
    ['en', 'LV40003521600', 'LV40003521600'],
    ['en', 'MT11679112', 'MT11679112'],
    ['en', 'NL004495445B01', 'NL004495445B01'],
    ['en', 'PL8567346215', 'PL8567346215'],
    ['en', 'PT501964843', 'PT501964843'],
    ['en', 'RO18547290', 'RO18547290'],
    ['en', 'SE123456789701', 'SE123456789701'],
    ['en', 'SI50223054', 'SI50223054'],
    ['en', 'SK2022749619', 'SK2022749619'],
  ])('%s "%s" is %s', (locale, text, value) => {
    expect(take('vat', locale, text)).toBe(value)
  })

  it.each([
    ['it', '00743110158'],
    ['it', '00000000000'],
    ['es', 'B58378432'],
    ['fr', 'FR84323140391'],
    ['de', '136695978'],
    ['en', 'GB 802311781'],
    ['en', 'NL123456790B90'],
  ])('%s "%s" has a wrong check', (locale, text) => {
    expect(take('vat', locale, text)).toBe('checksum')
  })

  it.each([
    ['it', 'IT123456789101'],
    ['it', 'non ce l’ho'],
    ['en', 'US123456789'],
  ])('%s "%s" is none', (locale, text) => {
    expect(take('vat', locale, text)).toBeUndefined()
  })
})

describe('a reference by its pattern', () => {
  it.each([
    ['en', '[A-Z]{3}[0-9]{6}', 'P O L dash one two three four five six', 'POL123456'],
    ['en', '[A-Z0-9]{6}', 'please, it is QX7T2P', 'QX7T2P'],
    ['en', '[A-Z0-9]{6}', 'quebec x ray seven tango two papa', 'QX7T2P'],
    ['en', '[A-Z]{2}[0-9]{4}', 'o k double oh one two', 'OK0012'],
    ['it', '[A-Z]{2}[0-9]{6}', 'la polizza è acca kappa dodici trentaquattro cinquantasei', 'HK123456'],
    ['it', '[A-Z]{2}[0-9]{5}', 'R come Roma M come Milano barra zero uno due tre quattro', 'RM01234'],
    ['es', '[A-Z]{3}[0-9]{4}', 'jota erre eme veintiuno cero siete', 'JRM2107'],
    ['es', '[A-Z]{2}[0-9]{4}', 'm de Madrid b de Barcelona guion doce treinta y cuatro', 'MB1234'],
    ['fr', '[A-Z]{2}[0-9]{6}', 'hache double vé douze trente-quatre cinquante-six', 'HW123456'],
    ['fr', '[A-Z]{2}[0-9]{4}', 'p comme Pierre m comme Marcel tiret vingt et un zéro sept', 'PM2107'],
    ['de', '[A-Z]{2}[0-9]{6}', 'ka zett zwölf vierunddreißig sechsundfünfzig', 'KZ123456'],
    ['de', '[A-Z]{3}[0-9]{3}', 'Anton Berta Cäsar sieben null acht', 'ABC708'],
    ['de', '[0-9]{8}', 'meine kundennummer ist null eins zwei drei äh vier fünf sechs sieben', '01234567'],
  ])('%s %s "%s" is %s', (locale, pattern, text, value) => {
    expect(take('pattern', locale, text, { pattern })).toBe(value)
  })

  it('may still be a word where nothing else fits', () => {
    expect(take('pattern', 'en', 'please', { pattern: '[A-Z]{6}' })).toBe('PLEASE')
  })
})

describe('what is no code', () => {
  it.each([
    ['payment-card', 'en', '9999 9999 9999 9999'],
    ['payment-card', 'en', '4111 1111 1111 11'],
    ['tax-code-it', 'it', 'RSSMRA80B31H501U'],
    ['tax-code-it', 'it', 'ARSMRA80A01H501M'],
    ['tax-code-it', 'it', 'RSSMRA80A01T501G'],
  ] as const)('%s, %s "%s" is refused', (type, locale, text) => {
    expect(take(type, locale, text)).toBe('checksum')
  })

  it.each([
    ['licence-plate', 'de', 'ich bin am 5 Mai da'],
    ['licence-plate', 'it', 'non ho la macchina'],
    ['licence-plate', 'en', 'I have no idea'],
    ['pdr-code', 'it', '0088123456789'],
    ['pdr-code', 'it', '008812345678901'],
    ['iban', 'it', 'non lo so a memoria'],
  ] as const)('%s, %s "%s" is none', (type, locale, text) => {
    expect(take(type, locale, text)).toBeUndefined()
  })
})
