import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPersonal, maskText } from './personal.ts'

const PLANTED = [
  ['en', 'my name is Giles Winterbottom', 'name', 'Winterbottom'],
  ['en', 'write to giles dot winterbottom at post dot com', 'email', 'winterbottom'],
  ['en', 'giles.winterbottom@post.example please', 'email', 'winterbottom'],
  ['en', 'call oh two oh seven nine four six oh nine five eight', 'phone', 'seven nine four'],
  ['en', 'phone +44 20 7946 0958', 'phone', '7946'],
  ['en', 'card 4111 1111 1111 1111', 'card', '1111'],
  ['en', 'it is GB82 WEST 1234 5698 7654 32', 'iban', 'WEST'],
  ['en', 'born on 14 December 1980', 'date', 'December'],
  ['en', 'my post code is SW1A 2AA', 'post-code', 'SW1A'],
  ['en', 'my plate is AB12 CDE', 'plate', 'AB12'],
  ['en', 'I live at 10 Downing Street', 'address', 'Downing'],
  ['en', 'please tell Mr Winterbottom', 'name', 'Winterbottom'],
  ['it', 'parlo con il sig. Quattrocchi', 'name', 'Quattrocchi'],
  ['es', 'soy la señora Cuatrojos', 'name', 'Cuatrojos'],
  ['fr', 'appelez madame Quatreyeux', 'name', 'Quatreyeux'],
  ['de', 'fragen Sie Frau Vieraugen', 'name', 'Vieraugen'],
  ['it', 'mi chiamo Ginevra Quattrocchi', 'name', 'Quattrocchi'],
  ['it', 'ginevra punto quattrocchi chiocciola posta punto it', 'email', 'quattrocchi'],
  ['it', 'il numero è tre quattro sette dodici trentaquattro cinquecentosessantasette', 'phone', 'trentaquattro'],
  ['it', 'il codice è QTTGPP80T54H501Z', 'tax-code', 'QTTGPP'],
  ['it', 'erre esse esse emme erre a ottanta a zero uno acca cinque zero uno u', 'tax-code', 'emme'],
  ['it', 'IT60 X054 2811 1010 0000 0123 456', 'iban', 'X054'],
  ['it', 'partita iva IT00743110157', 'vat', '0074311'],
  ['it', 'sono nata il 14 dicembre', 'date', 'dicembre'],
  ['it', 'abito in via Garibaldi 12', 'address', 'Garibaldi'],
  ['it', 'targa AB 123 CD', 'plate', '123'],
  ['it', 'pod IT001E12345678', 'code', '001E'],
  ['es', 'me llamo Jimena Cuatrojos', 'name', 'Cuatrojos'],
  ['es', 'jimena punto cuatrojos arroba correo punto es', 'email', 'cuatrojos'],
  ['es', 'mi móvil es seis doce treinta y cuatro cincuenta y seis setenta y ocho', 'phone', 'treinta'],
  ['es', 'mi nif es ES54362315K', 'vat', '54362315'],
  ['es', 'nací el 14 de diciembre', 'date', 'diciembre'],
  ['es', 'matrícula 1234 BCD', 'plate', 'BCD'],
  ['es', 'código postal 28013', 'post-code', '28013'],
  ['fr', "je m'appelle Jocelyne Quatreyeux", 'name', 'Quatreyeux'],
  ['fr', 'jocelyne point quatreyeux arobase poste point fr', 'email', 'quatreyeux'],
  ['fr', 'zéro six douze trente-quatre cinquante-six soixante-dix-huit', 'digits', 'trente'],
  ['fr', 'FR14 2004 1010 0505 0001 3M02 606', 'iban', '3M02'],
  ['fr', 'né le 14 décembre 1980', 'date', 'décembre'],
  ['fr', 'plaque AB-123-CD', 'plate', '123'],
  ['fr', 'code postal 75002', 'post-code', '75002'],
  ['de', 'mein Name ist Jorinde Vieraugen', 'name', 'Vieraugen'],
  ['de', 'jorinde punkt vieraugen at post punkt de', 'email', 'vieraugen'],
  ['de', 'null eins sieben eins zwei drei vier fünf sechs sieben acht', 'digits', 'sieben'],
  ['de', 'DE89 3704 0044 0532 0130 00', 'iban', '3704'],
  ['de', 'geboren am 14. Dezember 1980', 'date', 'Dezember'],
  ['de', 'Kennzeichen B-XY 123', 'plate', 'XY'],
  ['de', 'PLZ 10115', 'post-code', '10115'],
] as const

describe('personal values', () => {
  test.each(PLANTED)('%s "%s" has one, %s', (locale, text, kind, trace) => {
    expect(findPersonal(text, locale).map((span) => span.kind)).toContain(kind)
    expect(maskText(text, locale)).not.toContain(trace)
    expect(maskText(text, locale)).toContain(`‹${kind}›`)
  })

  test.each(PLANTED)('%s "%s" is masked where the language is not known (%s)', (_locale, text, _kind, trace) => {
    expect(maskText(text)).not.toContain(trace)
  })

  test.each([
    'took 250 ms',
    'listening on http://127.0.0.1:8080',
    'from 0 to 65535',
    'journal.full at shard 1023',
    'turn executed',
    'the disk failed under the journal: ending the process',
    '',
  ])('are not seen in "%s"', (text) => {
    expect(maskText(text)).toBe(text)
  })

  test('are given in order, apart, and where they stand', () => {
    const text = 'I am Giles Winterbottom, giles@post.example, +44 20 7946 0958'
    expect(findPersonal(text, 'en').map(({ start, end, kind }) => [kind, text.slice(start, end)])).toEqual([
      ['name', 'Giles Winterbottom'],
      ['email', 'giles@post.example'],
      ['phone', '+44 20 7946 0958'],
    ])
  })

  test('are found at the end of a long text, and what lies beyond the limit is not given back', () => {
    const filler = 'va bene, adesso guardo. '.repeat(100)
    expect(maskText(`${filler}la mail è ginevra@posta.example`, 'it')).toBe(`${filler}la mail è ‹email›`)
    const endless = `${'ciao '.repeat(1_600)}ginevra@posta.example`
    expect(maskText(endless, 'it')).not.toContain('ginevra')
  })

  test('are found wherever the edge of a stretch falls', () => {
    for (let words = 180; words <= 205; words++) {
      const text = `${'a '.repeat(words)}IT60 X054 2811 1010 0000 0123 456 ciao`
      expect(maskText(text, 'it')).toContain('‹iban› ciao')
    }
  })

  test('are looked for in any text without a throw, and spans stay inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        let end = 0
        for (const span of findPersonal(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end)
          expect(span.end).toBeGreaterThan(span.start)
          end = span.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 60 },
    )
  })

  test('take time in proportion to the text', () => {
    for (const piece of ['1 ', 'a@', 'punto ', 'via Roma ', 'mi chiamo ', 'targa A1 ', 'zero ', 'at dot ']) {
      const time = (text: string): number => {
        const began = performance.now()
        maskText(text, 'it')
        return performance.now() - began
      }
      time(piece.repeat(200))
      expect(time(piece.repeat(4_000).slice(0, 8_000)), piece).toBeLessThan(500)
    }
  })
})
