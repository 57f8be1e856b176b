import type { TalkWords } from '../source.ts'

export const talk: TalkWords = {
  as: {
    filler:
      'ah aeh oh hm hmm mm em na also nun tja naja ok okay ja nein nee hallo danke bitte entschuldigung sorry eigentlich doch halt mal eben so gut genau das ist es war wohl',
    common:
      'maximal minimal maximum minimum insgesamt gesamt monatlich jahrlich wochentlich ungefahr circa etwa genau glatt brutto netto rund hochstens mindestens inklusive zusammen montagen ' +
      'der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber wenn ob dass nicht nichts auch nur noch schon sehr viel viele wenig mehr weniger zu zum zur in im an am auf aus bei beim mit nach von vom vor fuer fur uber ueber unter um durch ohne gegen seit bis zwischen ' +
      'ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch ihnen sich mein meine meinen meinem meiner dein deine sein seine unser unsere euer eure dies diese dieser dieses diesen diesem jene jener ' +
      'bin bist ist sind seid war waren warst gewesen sein werde wird werden wurde habe hast hat haben habt hatte hatten gehabt mache macht machen gemacht sage sagt sagen gesagt gehe geht gehen komme kommt kommen ' +
      'kann kannst konnen konnte konnten darf durfen muss mussen musste soll sollen sollte will willst wollen wollte mochte mochten weiss weisst wissen verstehe verstanden verstehen spreche glaube glauben denke denken meine meint brauche brauchen ' +
      'heisse heisst heissen nenne nennen schreibe schreiben schreib schick schicken ruf rufen anrufen ' +
      'wie was wann wo warum wieso weshalb wer wen wem wessen welche welcher welches welchen woher wohin ' +
      'alles alle jeder jede jedes etwas jemand niemand immer nie niemals jetzt dann danach davor hier da dort hierher vielleicht bestimmt sicher sicherlich ' +
      'name namen vorname vornamen nachname nachnamen familienname mail email post telefon handy mobil nummer telefonnummer adresse anschrift datum geburt geburtstag geburtsdatum geboren code ' +
      'hallo guten morgen tag abend gruss danke bitte entschuldigung hilfe mitarbeiter wiederholen wiederhole uberspringen abbrechen stopp stop zuruck weiter frage antwort problem ' +
      'gut schlecht perfekt super prima toll genau richtig falsch wahr korrekt stimmt klar naturlich selbstverstandlich einverstanden ' +
      'andere anderer anderes person moment minute warte warten asdf qwertz qwerty asd bla lol test geld zahlen bestellung buchen termin katze hund auto haus idee reden sprechen spater gestern',
    title: 'herr herrn frau fraulein doktor dr professor prof dipl ing',
    particle: 'von van zu zum zur der den dem de di da la le el sankt',
    question: 'wie was wann wo warum wieso weshalb wer wen wem welche welcher welches welchen woher wohin',
    copula: 'ist sind lautet',
    not: 'nicht kein keine',
    only: 'nur',
    self: 'ich bin',
    firstName:
      'peter michael thomas andreas wolfgang klaus jurgen gunter stefan christian uwe werner hans karl heinz helmut frank markus martin matthias daniel alexander bernd rainer manfred dieter horst gerhard ' +
      'jan tobias sebastian florian tim lukas leon finn jonas felix paul max maximilian ben elias noah philipp simon david johannes jakob moritz niklas oliver ralf jorg sven dirk torsten holger ' +
      'maria ursula monika petra elisabeth sabine renate helga karin brigitte ingrid erika andrea gisela claudia susanne gabriele christa christine anna hildegard birgit barbara angelika martina ' +
      'sandra nicole stefanie julia katharina sarah lisa lena laura lea hannah mia emma sophie marie johanna heike anja katrin silke ute anke greta erich otto friedrich heinrich georg mario',
  },
  yes:
    'das sollte funktionieren|sollte funktionieren|das funktioniert|funktioniert|das geht|geht klar|geht in ordnung|mache ich|das mache ich|machen wir so|so machen wir das|ich stimme zu|stimme zu|zugestimmt|abgemacht|bin dabei|ich bin dabei|das klingt gut|klingt gut|hört sich gut an|ist ok|das ist ok|das ist in ordnung|ich denke ja|vollkommen richtig|völlig richtig|durchaus|sehr wohl|' +
    'ich glaube ja|ich denke ja|ich glaube schon|ich denke schon|ja|ja bitte|jap|jep|jo|joa|jawohl|yes|aber ja|ja klar|klar|na klar|natürlich|selbstverständlich|sicher|sicherlich|gewiss|auf jeden fall|auf alle fälle|unbedingt|' +
    'genau|ganz genau|genau so|genau richtig|richtig|das ist richtig|ist richtig|korrekt|das ist korrekt|stimmt|das stimmt|stimmt so|stimmt genau|so ist es|wahr|das ist wahr|absolut|definitiv|exakt|ok|okay|o k|in ordnung|alles klar|' +
    'einverstanden|ich bin einverstanden|gut|sehr gut|passt|das passt|passt so|perfekt|prima|super|gerne|gern|sehr gerne|freilich|jawoll|ich bestätige|bestätigt|bestätige|zweifellos|ohne zweifel|kein problem|keine frage|warum nicht|wieso nicht|weshalb nicht|warum eigentlich nicht|nicht schlecht|kein thema|keine einwände|kein ding|geht klar|👍|👌|✅|✔|🆗|👏|💯|🙂|😀',
  no:
    'das funktioniert nicht|funktioniert nicht|geht nicht|das geht nicht|ich stimme nicht zu|stimme nicht zu|ich lehne ab|abgelehnt|das will ich nicht|will ich nicht|möchte ich nicht|mache ich nicht|keineswegs|mitnichten|ist nicht ok|das ist nicht ok|nicht in ordnung|das ist nicht in ordnung|das war falsch|stimmt leider nicht|leider nein|leider nicht|' +
    'nein|nee|ne|nö|noe|nein danke|aber nein|nicht|auf keinen fall|keinesfalls|keineswegs|überhaupt nicht|ganz und gar nicht|gar nicht|niemals|nie|nimmer|falsch|das ist falsch|ist falsch|das ist nicht richtig|nicht richtig|nicht korrekt|' +
    'stimmt nicht|das stimmt nicht|das stimmt so nicht|nicht wahr|unwahr|inkorrekt|verkehrt|nicht ganz|nicht genau|nicht wirklich|eher nicht|lieber nicht|ich glaube nicht|ich denke nicht|glaube nicht|ich denke nein|ich glaube nein|' +
    'nicht einverstanden|ich bin nicht einverstanden|bin nicht einverstanden|nicht ok|nicht okay|nicht gut|passt nicht|das passt nicht|natürlich nicht|sicher nicht|bestimmt nicht|kommt nicht in frage|negativ|nichts|auf gar keinen fall|auf überhaupt keinen fall|in keinem fall|unter keinen umständen|unter gar keinen umständen|in keiner weise|ganz sicher nicht|ganz bestimmt nicht|selbstverständlich nicht|absolut nicht|definitiv nicht|gewiss nicht|sicherlich nicht|natürlich nein|hoffentlich nicht|ich fürchte nein|ich fürchte nicht|besser nicht|wahrscheinlich nicht|vermutlich nicht|nicht im geringsten|kein bisschen|von wegen|kein interesse|im leben nicht|👎|❌|✖|🚫|🙅',
  undecided:
    'nicht sicher|nicht ganz sicher|nicht so sicher|nicht wirklich sicher|nicht hundertprozentig sicher|ich bin mir nicht sicher|ich bin nicht sicher|bin mir nicht sicher|bin nicht sicher|ich bin mir nicht ganz sicher|ich weiß nicht|ich weiß es nicht|ich weiß das nicht|weiß nicht|weiß ich nicht|weiß es nicht|das weiß ich nicht|keine ahnung|ich erinnere mich nicht|weiß ich jetzt nicht|ich weiß nicht genau|ich kann mich nicht erinnern|nicht bekannt|ich verstehe nicht|ich verstehe das nicht|das verstehe ich nicht|nicht verstanden',
  plain: 'ja nein nee jap jep jo no',
  polite:
    'bitte|danke|ok|okay|kannst du|können sie|könntest du|könnten sie|kann ich|könnte ich|ich möchte|ich will|ich würde gern|ich würde gerne|ich hätte gern|ich brauche|ich muss|lass uns|lassen sie uns|jetzt|entschuldigung|also|nun|hallo|mal|einen moment|das|mir|mich|bitte mal|noch',
  commands: {
    help: 'hilfe|hilf mir|helfen sie mir|helfen|hilfe bitte|ich brauche hilfe|was kann ich sagen|was soll ich sagen|was muss ich sagen|was soll ich tun|was muss ich tun|ich verstehe nicht|ich verstehe das nicht|wie funktioniert das|erkläre|erklären sie|was bedeutet das|help',
    repeat:
      'wiederhole|wiederholen|wiederholen sie|wiederhole das|wiederholen sie das|wiederhole die frage|die frage wiederholen|wiederholen sie die frage|wie bitte|wie|was|was hast du gesagt|was haben sie gesagt|nochmal|noch mal|noch einmal|noch einmal bitte|' +
      'ich habe das nicht verstanden|ich habe sie nicht verstanden|das habe ich nicht verstanden|ich habe nichts gehört|ich habe das nicht gehört|sagen sie das noch einmal',
    'start-over':
      'von vorn|von vorne|fangen wir neu an|fangen wir von vorne an|wir fangen neu an|noch mal von vorne|von vorne anfangen|von vorn anfangen|von vorne beginnen|neu anfangen|neu beginnen|neu starten|neustart|nochmal von vorn|nochmal von vorne|noch einmal von vorne|von anfang an|ganz von vorne|zurücksetzen|reset',
    'go-back':
      'zurück|geh zurück|gehen sie zurück|zurückgehen|einen schritt zurück|ein schritt zurück|vorherige frage|die vorherige frage|zur vorherigen frage|vorherige|letzte frage|rückgängig',
    operator:
      'mitarbeiter|mitarbeiterin|ein mitarbeiter|einen mitarbeiter|einer mitarbeiterin|mensch|ein mensch|einen menschen|mit einem menschen|eine person|echte person|eine echte person|operator|agent|berater|beraterin|kundenservice|kundendienst|support|zentrale|' +
      'mit einem mitarbeiter sprechen|mit einem menschen sprechen|mit jemandem sprechen|mit einer person sprechen|mit einem berater sprechen|mit einer echten person sprechen|einen mitarbeiter sprechen|verbinden sie mich mit einem mitarbeiter|verbinden sie mich|mit einem mitarbeiter verbinden',
    cancel:
      'abbrechen|abbruch|brich ab|brechen sie ab|stornieren|stopp|stop|aufhören|hör auf|hören sie auf|beenden|schluss|vergiss es|vergessen sie es|lass es|lassen sie es|lass gut sein|lassen wir das|nicht weitermachen|ich will nicht weitermachen|ich möchte nicht weitermachen|ende',
    'what-did-i-say':
      'was habe ich gesagt|was hab ich gesagt|was habe ich bisher gesagt|was habe ich ihnen gesagt|was haben sie notiert|was hast du notiert|was haben sie verstanden|zusammenfassung|eine zusammenfassung|fasse zusammen|fassen sie zusammen',
    skip: 'überspringen|überspringe|überspringen sie|überspring das|diese frage überspringen|weiter|nächste|nächste frage|die nächste frage|zur nächsten frage|habe ich nicht|hab ich nicht|ich habe keine|ich habe keinen|ich habe keins|möchte ich nicht sagen|das möchte ich nicht sagen|keine angabe|auslassen|skip',
  },
  cues: {
    name: 'mein name ist|ich heiße|mein vollständiger name ist|mein voller name ist|der name ist|name ist|name|vor und nachname|vollständiger name|nennen sie mich|nenn mich|auf den namen|der name lautet|mein name lautet',
    selfName: 'ich bin|hier ist|hier spricht|das ist|ich bin der|ich bin die|es ist',
    holder: 'auf den namen|auf namen|unter dem namen|im namen von|im auftrag von|im namen',
    under: 'unter',
    nameBehind: 'am apparat|am telefon|ist mein name|ist der name|spricht|hier',
    booking: 'reservierung|reservierungen|reserviert|reservieren|buchung|gebucht|buchen|tisch|termin|zimmer',
    firstName: 'vorname|der vorname ist|mein vorname ist|vorname ist|mein vorname lautet|mit vornamen|mein vorname|rufname',
    lastName:
      'nachname|der nachname ist|mein nachname ist|nachname ist|familienname|mein familienname ist|familienname ist|zuname|mit nachnamen|mein nachname lautet|mein nachname',
    birth:
      'geboren|geboren am|geboren im|ich bin geboren|geburtstag|geburtsdatum|mein geburtsdatum ist|geburtsdatum ist|mein geburtstag ist',
    date: 'datum|das datum ist|datum ist',
    phone:
      'telefon|telefonnummer|meine telefonnummer ist|telefonnummer ist|die telefonnummer ist|handy|handynummer|meine handynummer ist|mobil|mobilnummer|tel|meine nummer ist|die nummer ist|nummer ist|nummer|meine nummer lautet|rufen sie mich an unter|erreichbar unter|unter',
    email: 'email|e mail|mail|mailadresse|e mail adresse|emailadresse',
    number: 'nummer|zahl',
    code: 'code|nummer',
    day: 'tag|der tag|der tag ist|am',
    month: 'monat|der monat|der monat ist',
    year: 'jahr|das jahr|das jahr ist',
  },
  chatter:
    'guten morgen|guten tag|guten abend|gute nacht|wie geht es ihnen|wie geht es dir|wie gehts|vielen dank|danke schön|herzlichen dank|weiß nicht|ich weiß nicht|weiß ich nicht|keine ahnung|einen moment|einen augenblick|moment mal|wer sind sie|wer bist du|' +
    'alles gute|alles gute zum geburtstag|sehr gut|auf wiedersehen|bis bald|bis später|tschüss|warum nicht|bitte schön|gern geschehen|verstehe|ich verstehe|frohe weihnachten|grüß gott|servus',
}
