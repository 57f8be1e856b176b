/** German as people write to a service: what words and endings the table learns from, beside lexicons and templates. */
export const de = `
der die das den dem des ein eine einen einem einer eines kein keine und oder aber wenn dass weil ob nicht nichts auch nur noch schon sehr viel wenig mehr weniger zu zum zur in im an am auf aus bei beim mit nach von vom vor für über unter um durch ohne gegen seit bis zwischen während ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch ihnen sich man mein meine dein deine sein seine unser euer dieser diese dieses jener bin bist ist sind seid war waren gewesen habe hast hat haben hatte werden wird wurde worden kann können konnte muss müssen soll sollte will wollen möchte darf machen gemacht sagen gesagt gehen ging kommen kam wissen weiß gut schlecht so dann danach davor jetzt heute gestern morgen immer nie oft manchmal vielleicht bestimmt also doch mal eben ja nein wie was wann wo warum wer wen wem welche wohin hier da dort alle alles jeder etwas jemand niemand anderer selbst gleich Jahr Jahre Tag Tage Mal Haus Mann Frau Zeit Leben Hand Teil Land Welt Arbeit Kind Leute
ich komme nächste Woche zurück
ich möchte einen Termin für nächsten Montag vereinbaren
können Sie mich morgen Nachmittag zurückrufen
um halb vier, bitte
ich bin im Dezember geboren
übermorgen um zwölf Uhr mittags
vor zwei Wochen, letzten Monat, nächstes Jahr, dieses Wochenende
vor ein paar Tagen
es ist gestern Abend passiert
am ersten Mai
am Morgen, am Nachmittag, in der Nacht, um Mitternacht
es beginnt Punkt neun Uhr
fünfundzwanzigtausenddreißig
hundertzwanzig Euro und fünfzig Cent
eine halbe Million Pfund
der zweite und der dritte, die vierte, die fünfte, zwanzigster, hundertster
meine Telefonnummer ist null eins sieben
meine E-Mail-Adresse ist hans at gmail punkt com
hallo, wie geht es Ihnen, guten Morgen, guten Abend, vielen Dank, danke schön, bitte sehr
ja bitte, nein danke, natürlich, genau richtig, das ist falsch, ich glaube nicht, ich bin nicht sicher, egal
ich weiß nicht was Sie meinen, Entschuldigung, können Sie das wiederholen
ich möchte mit einem Mitarbeiter sprechen, bitte
wo ist mein Paket, es sollte schon längst da sein
ich habe meine Karte verloren und brauche eine neue
wie viel kostet das
wie ist das Wetter heute
die Rechnung ist diesen Monat zu hoch
meine Internetverbindung funktioniert nicht
ich möchte meinen Vertrag kündigen
wir sind letzte Woche in ein neues Haus gezogen
er hat mir gesagt dass sie schon bezahlt hat
sie haben draußen auf uns gewartet
welche möchten Sie
da stimmt etwas nicht
treffen wir uns gegen Viertel vor acht
innerhalb von drei Stunden, bis Freitag, seit Dienstag, zwischen sechs und sieben
bis zum Ende des Monats
ungefähr zehn Prozent des Preises
fünfundvierzig Minuten später
Winter, Frühling, Frühjahr, Sommer, Herbst
früh, spät, bald, sofort, gewöhnlich, heute Abend, heute Nacht, vorgestern
Wochen, Monate, Stunden, Minuten, Sekunden, Jahrzehnt, Jahrhundert, Dutzend, Paar
Geburtstag, Urlaub, Weihnachten, Ostern, Silvester, Neujahr
Straße, Allee, Platz, Weg, Stadt, Dorf, Land
Name, Vorname, Nachname, Geburtsdatum
Norden, Süden, Osten, Westen, links, rechts, oben, unten
schwarz, weiß, rot, blau, grün, gelb
gut, schlecht, groß, klein, billig, teuer, alt, jung, glücklich, traurig
Mutter, Vater, Bruder, Schwester, Tochter, Sohn, Freund, Ehefrau, Ehemann
zweitausendachtzehn, neunzehnhundertachtzig, zweihunderttausend, dreihundertfünfzig, achtundachtzig, neunundneunzig
ich werde gehen, er kam zurück, es wird sein, wir fahren los, sie kommen an, bezahlt, erhalten, gefragt
null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
einundzwanzig zweiundzwanzig dreiunddreißig vierundvierzig fünfundfünfzig sechsundsechzig siebenundsiebzig
hundert zweihundert dreihundert vierhundert fünfhundert tausend zweitausend dreitausend
erster zweite dritter vierte fünfter sechste siebter achte neunter zehnte elfter zwanzigste hundertste tausendste
Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Mo Di Mi Do Fr Sa So Jan Feb Mrz Okt Dez Mai
Dollar, Cent, Pfund, minus, Komma, halb, viertel, Uhr
`
