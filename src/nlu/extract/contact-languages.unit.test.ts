import { describe, expect, it } from 'vitest'
import { take } from '../testing/ask.ts'

describe('an e-mail address as people say it', () => {
  it.each([
    ['en', 'it is j dot doe two at g mail dot com', 'j.doe2@gmail.com'],
    ['en', 'sarah dash o hyphen brien at company dot co dot uk please', 'sarah-o-brien@company.co.uk'],
    ['en', 'info at acme dot org', 'info@acme.org'],
    ['en', 'e-mail john at acme dot org', 'john@acme.org'],
    ['en', "it's y m x at out look dot org", 'ymx@outlook.org'],
    ['it', 'la mail è v punto sara chiocciola ditta punto i ti grazie', 'v.sara@ditta.it'],
    ['en', 'add john@acme dot org', 'john@acme.org'],
    ['en', 'my name is john smith and my email is john at acme.org', 'john@acme.org'],
    ['it', 'mario rossi 82 chiocciola gmail.com', 'mariorossi82@gmail.com'],
    ['fr', "l'adresse mail c'est p comme pierre point martin arobase orange point fr", 'p.martin@orange.fr'],
    ['de', 'schreiben sie an hans minus peter at gmx punkt de', 'hans-peter@gmx.de'],
    ['es', 'escríbame a ana punto ruiz arroba gmail punto com', 'ana.ruiz@gmail.com'],
    ['en', 'john dot smith@acme.org', 'john.smith@acme.org'],
    ['en', 'my name is john smith@acme.org', 'smith@acme.org'],
    ['it', 'mario trattino basso rossi@posta.it', 'mario_rossi@posta.it'],
    ['fr', "jean trait d'union luc arobase poste point fr", 'jean-luc@poste.fr'],
    ['it', 'gi mail? no, mario chiocciola gi mail punto com', 'mario@gmail.com'],
    ['en', 'contact dot us at acme dot org', 'contact.us@acme.org'],
    ['en', 'm for mike a r y at out look dot com', 'mary@outlook.com'],
    ['en', 'anna double l at yahoo dot com', 'annall@yahoo.com'],
    ['en', 'alpha bravo charlie at test dot com', 'abc@test.com'],
    ['en', 'mike at gmail dot com', 'mike@gmail.com'],
    ['en', 'double u smith at mail dot net', 'wsmith@mail.net'],
    ['en', 'john smith all one word at gmail dot com', 'johnsmith@gmail.com'],
    ['en', 'triple seven at casino dot com', '777@casino.com'],
    ['en', 'peter um dot parker at gmail dot com', 'peter.parker@gmail.com'],
    ['it', 'emme punto rossi chiocciola gmail punto com', 'm.rossi@gmail.com'],
    ['it', 'la mia mail è giulia trattino bianchi chiocciola libero punto it', 'giulia-bianchi@libero.it'],
    ['it', 'giulia punto bianchi ottantadue chiocciola hotmail punto it', 'giulia.bianchi82@hotmail.it'],
    ['it', 'a come Ancona enne di Napoli a chiocciola tiscali punto it', 'ana@tiscali.it'],
    ['it', 'info chiocciola azienda punto com', 'info@azienda.com'],
    ['it', 'doppia vu punto verdi chiocciola posta punto it', 'w.verdi@posta.it'],
    ['it', 'marco rossi tutto attaccato chiocciola gmail punto com', 'marcorossi@gmail.com'],
    ['it', 'scrivimi a luca underscore neri chiocciola ditta punto it', 'luca_neri@ditta.it'],
    ['it', 'roma milano chiocciola viaggi punto it', 'romamilano@viaggi.it'],
    ['es', 'juan punto perez arroba gmail punto com', 'juan.perez@gmail.com'],
    ['es', 'mi correo es maria guion bajo lopez arroba hotmail punto es', 'maria_lopez@hotmail.es'],
    ['es', 'ana guion ruiz arroba empresa punto com punto mx', 'ana-ruiz@empresa.com.mx'],
    ['es', 'jota eme punto garcia arroba yahoo punto es', 'jm.garcia@yahoo.es'],
    ['es', 'pepe ochenta y dos arroba g mail punto com', 'pepe82@gmail.com'],
    ['es', 'uve doble a arroba web punto es', 'wa@web.es'],
    ['es', 'hola más prueba arroba correo punto es', 'hola+prueba@correo.es'],
    ['fr', 'jean point dupont arobase orange point fr', 'jean.dupont@orange.fr'],
    ['fr', 'mon adresse est marie tiret claire chez gmail point com', 'marie-claire@gmail.com'],
    ['fr', 'luc tiret bas martin arobase laposte point net', 'luc_martin@laposte.net'],
    ['fr', 'sophie tiret du huit petit arobase free point fr', 'sophie_petit@free.fr'],
    ['fr', 'contact a commercial société point fr', 'contact@societe.fr'],
    ['fr', 'paul quatre-vingt-douze arobase wanadoo point f r', 'paul92@wanadoo.fr'],
    ['fr', 'double vé point martin arobase exemple point com', 'w.martin@exemple.com'],
    ['de', 'hans punkt meier at gmx punkt de', 'hans.meier@gmx.de'],
    ['de', 'meine e-mail ist anna unterstrich schmidt klammeraffe web punkt de', 'anna_schmidt@web.de'],
    ['de', 'max bindestrich müller at t minus online punkt de', 'max-mueller@t-online.de'],
    ['de', 'm wie martha punkt bauer at firma punkt com', 'm.bauer@firma.com'],
    ['de', 'info at firma punkt de', 'info@firma.de'],
    ['de', 'otto dreiundzwanzig at gmx punkt net', 'otto23@gmx.net'],
  ])('%s "%s" is %s', (locale, text, value) => {
    expect(take('email', locale, text)).toBe(value)
  })

  it.each([
    ['en', 'fitness at 6.40'],
    ['en', 'we meet at the dot'],
    ['en', 'look at that. it works'],
    ['en', 'I am at home'],
    ['en', 'it is pending at this point and I wait'],
    ['it', 'il punto è che non ce l’ho'],
    ['it', 'ci vediamo al punto di ritrovo'],
    ['es', 'a las seis y punto'],
    ['fr', 'je suis chez moi'],
    ['fr', 'un point commercial'],
    ['de', 'das ist der punkt'],
  ])('%s "%s" is none', (locale, text) => {
    expect(take('email', locale, text)).toBeUndefined()
  })

  it.each([
    ['"mario rossi"@example.com', '"mario rossi"@example.com'],
    ['"a\\"b"@example.com', '"a\\"b"@example.com'],
    ['我的邮箱是test@example.com', 'test@example.com'],
    ['mario@example.com是我的', 'mario@example.com'],
    ['hans@m端ller.com', 'hans@m端ller.com'],
    ['<mario@example.com>', 'mario@example.com'],
  ])('typed %s is %s', (text, value) => {
    expect(take('email', 'en', text)).toBe(value)
  })

  it.each(['x"a"@example.com', 'a@ｅｘａｍｐｌｅ.com', 'a@-b.com', 'a@b.c', 'a@b..com', 'a@@b.com', 'a@te st.com'])(
    'typed %s is none',
    (text) => {
      expect(take('email', 'en', text)).toBeUndefined()
    },
  )
})

describe('a phone number as people say it', () => {
  it.each([
    ['en', 'oh two oh seven nine four six oh nine five eight', '+442079460958'],
    ['en', 'plus four four two oh seven nine four six zero nine five eight', '+442079460958'],
    ['en', 'oh eight hundred double one one one double one', '+44800111111'],
    ['en', 'oh seven nine double oh one triple two three oh', '+447900122230'],
    ['it', 'tre quattro sette dodici trentaquattro cinquecentosessantasette', '+393471234567'],
    ['it', 'zero sei quattro cinque sei sette otto nove zero uno', '+390645678901'],
    ['it', 'più trentanove tre quattro sette uno due tre quattro cinque sei sette', '+393471234567'],
    ['it', 'tre tre tre doppio quattro cinque sei sette otto nove', '+393334456789'],
    ['it', 'il prefisso è zero due poi quarantaquattro cinquantacinque sessantasei settantasette', '+390244556677'],
    ['it', 'due volte tre due volte quattro cinque sei sette otto nove zero', '+393344567890'],
    ['es', 'seis doce treinta y cuatro cincuenta y seis setenta y ocho', '+34612345678'],
    ['es', 'nueve uno cinco doble cuatro tres tres dos dos', '+34915443322'],
    ['es', 'seiscientos doce trescientos cuarenta y cinco seiscientos setenta y ocho', '+34612345678'],
    ['es', 'más treinta y cuatro seis uno dos tres cuatro cinco seis siete ocho', '+34612345678'],
    ['fr', 'zéro six douze trente-quatre cinquante-six soixante-dix-huit', '+33612345678'],
    ['fr', 'zéro un quarante quatre-vingt-dix vingt-trois soixante et onze', '+33140902371'],
    ['fr', 'zéro six quarante-quatre quatre-vingt-un zéro deux deux fois six', '+33644810266'],
    ['fr', 'plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit', '+33612345678'],
    ['fr', 'le zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit', '+33612345678'],
    ['de', 'null eins sieben eins zwei drei vier fünf sechs sieben acht', '+491712345678'],
    ['de', 'null dreißig dreiundzwanzig fünfundvierzig siebenundsechzig', '+4930234567'],
    ['de', 'plus neunundvierzig eins sieben eins zwo drei vier fünf sechs sieben acht', '+491712345678'],
    ['de', 'null eins sieben zwei zweimal die drei vier fünf sechs sieben acht', '+491723345678'],
  ])('%s "%s" is %s', (locale, text, value) => {
    expect(take('phone', locale, text)).toBe(value)
  })

  it.each([
    ['en', '020.7946.0958', '+442079460958'],
    ['en', 'my number is (020) 7946 - 0958, thanks', '+442079460958'],
    ['en', 'call +44 (0)20 7946 0958', '+442079460958'],
    ['fr', '06.12.34.56.78', '+33612345678'],
    ['fr', '06/12/20/34/45', '+33612203445'],
    ['it', '06.12345678', '+390612345678'],
    ['it', '347.1234567', '+393471234567'],
    ['de', '0176/12345678', '+4917612345678'],
    ['en', 'order 55512345 and phone 020 7946 0958', '+442079460958'],
    ['en', 'not 020 7946 0959 but 020 7946 0958', '+442079460958'],
  ])('typed %s "%s" is %s', (locale, text, value) => {
    expect(take('phone', locale, text)).toBe(value)
  })

  it.each([
    ['en', 'account 12345678'],
    ['en', 's666666666'],
    ['en', '666666666s'],
    ['en', 'formula 45*31-339243873'],
    ['en', '-2079460958'],
    ['en', '+1,032.923'],
    ['en', '200.38294427'],
    ['en', '$20794609581'],
    ['en', '020 7946 0958 is not my phone number'],
    ['en', 'https://example.com/20794609581'],
    ['en', '4111 1111 1111 1111'],
    ['en', '0000000'],
    ['it', 'il numero d’ordine 3471234567'],
    ['it', 'non è il numero di telefono'],
    ['it', '347 1234567 non è il mio numero'],
    ['es', 'el 612 345 678 no es mi número de teléfono'],
    ['fr', '06 12 34 56 78 n’est pas mon numéro'],
    ['de', '0171 2345678 ist nicht meine nummer'],
    ['de', 'kundennummer 01712345678'],
  ])('%s "%s" is none', (locale, text) => {
    expect(take('phone', locale, text)).toBeUndefined()
  })
})
