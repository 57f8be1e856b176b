/** Everyday sentences in German that answer no question; what may be taken from one stands behind `>`. */
export const chatter = `
hallo, ist da jemand?
guten Morgen, wie geht es Ihnen heute?
ich warte seit zwanzig Minuten
niemand geht ans Telefon
Ihre Seite funktioniert nicht
ich habe Ihrem Kollegen schon alles gesagt
warum wollen Sie das wissen?
hören Sie mich?
wie war die Frage?
ich habe die zweite nicht verstanden
können Sie langsamer sprechen?
das Internet ist seit diesem Winter langsam
ich zahle zu viel dafür
die Rechnung ist doppelt so hoch wie sonst
da steht Fehler 404
ich habe es dreimal versucht
es sind zwei in der Schachtel
einer meiner Nachbarn hat dasselbe Problem
ich wohne seit 10 Jahren im fünften Stock
meine Tochter ist 12 und mein Sohn 9
wir waren zu viert beim Essen
der Laden in Köln war geschlossen
ich rufe aus Hamburg an
wir sind von Bremen nach Dresden gezogen
ist das Büro in Berlin offen?
der Zug nach München hatte Verspätung
Leipzig ist schöner als Essen
ich mag Wien im Frühling
die Straße nach Stuttgart ist gesperrt
haben Sie eine Filiale in Frankfurt?
die Hauptstraße ist gesperrt
was kostet das?
das ist zu teuer
gibt es einen günstigeren Tarif?
ich möchte nichts kaufen
meine Karte geht nicht
der Automat hat meine Karte geschluckt
warum habe ich eine Gebühr bezahlt?
ich habe Schlüssel und Geldbeutel verloren
mein Passwort ist abgelaufen
ich soll einen Code eingeben, den ich nicht habe
der Code geht nicht
ich komme nicht hinein
wo finde ich meine Kundennummer?
ich habe die Police nicht zur Hand
der Zähler ist im Keller
er ist hinter der Tür links
biegen Sie an der zweiten Ampel rechts ab
das Paket ist nie angekommen
der Fahrer hat es beim Nachbarn gelassen
es wurde im falschen Haus abgegeben
die Schachtel war offen und halb leer
zwei von fünf Gläsern waren kaputt
ich will mit einem echten Menschen reden
geben Sie mir Ihren Chef
ich rufe schon zum dritten Mal an
Sie rufen nie zurück
keiner hat mich angerufen
das glaube ich nicht
das habe ich nicht gesagt
Sie haben mich falsch verstanden
macht nichts
vielen Dank
tausend Dank
Sie sind sehr freundlich
schönen Tag noch
bis bald
so ein Durcheinander
das ist lächerlich
ich bin sehr enttäuscht
ich habe es satt
ich bin müde und will nach Hause
ich bin nicht sicher
ich habe es eilig
ich bin im Zug
ich bin bei der Arbeit
ich bin ein Kunde wie jeder andere
ich bin Deutscher
ich bin neu hier
es ist dringend
es ist spät
hier regnet es
hier ist es sehr heiß
hier ist alles in Ordnung
das ist der schlechteste Service der Welt
das ist ein Witz
kann man den Tarif wechseln?
wie lange dauert das?
wie geht das?
wann machen Sie auf?
wann kommt der Techniker?
um wie viel Uhr schließen Sie?
welcher Tag ist heute?
wie spät ist es?
wie alt muss man sein?
ist der Bahnhof weit?
wie viele Punkte habe ich?
mit wem spreche ich?
wer ist verantwortlich?
wie heißen Sie?
wie ist mein Name geschrieben?
wird das Gespräch aufgezeichnet?
bist du ein Roboter?
sprechen Sie Englisch?
verstehen Sie mich?
kann ich in Raten zahlen?
bekomme ich mein Geld zurück?
darf ich etwas fragen?
ich komme vielleicht zu spät
vielleicht komme ich, vielleicht nicht
die Sonne scheint
ich habe mich gesetzt und gewartet
eine Sekunde
einen Moment bitte
warten Sie eine Minute
Moment, ich muss es suchen
in einer Sekunde
zuerst möchte ich mich beschweren
zum letzten Mal, nein
ein für alle Mal
ich habe noch eine Frage
noch etwas
eins nach dem anderen
das ist besser
das rote bitte
beide sind gut
keins von beiden geht
die Hälfte fehlt
ein Viertel der Kunden beschwert sich
es geht in neun von zehn Fällen
meine Note ist 7 von 10
eine Bewertung größer als 3
ich habe 3 Spiele gewonnen
ich bin 5 k gelaufen
der Hund wiegt 20 Kilo
das Zimmer hat 30 Quadratmeter
es sind 25 Grad
ich brauche Version 10.2
wir haben Kanal 4 gesehen
der Bus 42 kam zu spät
Gleis 9 ist dort drüben
Zimmer 101 ist schmutzig
Kapitel 5 ist langweilig
auf Seite 12 im Handbuch
die ersten 10 der Liste
ich habe 2 Autos und 3 Katzen
drei Nächte waren genug
es hat 5 bis 10 Minuten gedauert
das Angebot gilt 12 Monate
von 2009 bis 2018 war ich im Ausland
ich bin seit 2015 Kunde
ich habe 2 Pfund Tomaten gekauft
der Knopf ist unter dem Bildschirm
im Namen aller, danke
den Namen kenne ich nicht
der Name steht zweimal da
rufen Sie mich später an
rufen Sie an, wenn Sie mehr wissen
ich rufe Sie zurück
meine Nummer hat sich geändert
schicken Sie mir das Formular
schicken Sie es per Post
mein Postfach ist voll
schreiben Sie mir
zu Hause oder bei der Arbeit
der Punkt in der Mitte
mal sehen
ich muss darüber nachdenken
gut, und jetzt?
na und?
und dann?
ich glaube schon
ich glaube nicht
das wäre perfekt
das passt mir
ich bin einverstanden
ich bin nicht einverstanden
nein, das stimmt nicht
ja, aber ich habe eine Frage
vielleicht später
jetzt nicht
noch nicht
ich habe es mir anders überlegt
vergessen Sie es
sonst noch etwas?
sonst nichts
das ist alles
das wahre Problem ist der Preis
Google Maps zeigt die falsche Straße
ich habe es auf Facebook gesehen
ich habe es in der Zeitung gelesen
ich bin mit der Lufthansa geflogen
Alles Gute zum Geburtstag
ich habe 20 Euro zu viel bezahlt > money
ich war gestern dort > date
ich komme morgen > date
wir sehen uns am Freitag > date
wir sehen uns am Montag um 5 Uhr > date time date-time
der Laden schließt um 18 Uhr > time
ich habe um 9:30 angerufen und keiner ging dran > time
`
