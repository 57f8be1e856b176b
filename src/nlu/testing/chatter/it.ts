/** Everyday sentences in Italian that answer no question; what may be taken from one stands behind `>`. */
export const chatter = `
pronto, c'è qualcuno?
buongiorno, come sta oggi
aspetto da venti minuti
non risponde nessuno al telefono
il vostro sito non funziona
ho già detto tutto al suo collega
perché vuole saperlo
mi sente
qual era la domanda
non ho capito la seconda
può parlare più piano
internet è lento da questo inverno
pago troppo per questo servizio
la bolletta è il doppio del solito
mi dà errore 404
ho provato tre volte e non va
ce ne sono due nella scatola
uno dei miei vicini ha lo stesso problema
abito al quinto piano da 10 anni
mia figlia ha 12 anni e mio figlio 9
eravamo in quattro a cena
il negozio di Torino era chiuso
chiamo da Milano
ci siamo trasferiti da Roma a Napoli
l'ufficio di Bologna è aperto
il treno per Firenze era in ritardo
Venezia è più bella di Verona
mi piace Palermo in primavera
la strada per Bari è bloccata
avete una filiale a Genova
via Roma è chiusa al traffico
quanto costa
è troppo caro
c'è un piano più economico
non voglio comprare niente
la mia carta non funziona
lo sportello ha mangiato la carta
perché ho pagato una commissione
ho perso le chiavi e il portafoglio
la password è scaduta
mi chiede un codice che non ho ricevuto
il codice che avete mandato non va
non riesco a entrare
dove trovo il codice cliente
non ho la polizza con me
il contatore è in cantina
è dietro la porta a sinistra
giri a destra dopo il secondo semaforo
il pacco non è mai arrivato
il corriere l'ha lasciato al vicino
l'hanno consegnato alla casa sbagliata
la scatola era aperta e mezza vuota
due bicchieri su cinque erano rotti
voglio parlare con una persona vera
mi passi il responsabile
è la terza volta che chiamo
non richiamate mai
nessuno mi ha chiamato
non ci posso credere
non è quello che ho detto
ha capito male
non fa niente
grazie mille
mille grazie davvero
lei è molto gentile
buona giornata
a presto
che confusione
è ridicolo
sono molto deluso
sono stufo
sono stanco e voglio andare a casa
non sono sicuro
sono di fretta
sono in treno
sono al lavoro
sono un cliente come gli altri
sono italiano
sono tre ore che aspetto
sono le solite cose
è urgente
è tardi
qui piove
fa molto caldo qui
è il peggior servizio di sempre
è uno scherzo
si può cambiare piano
quanto ci vuole
come funziona
quando aprite
quando arriva il tecnico
a che ora chiudete
che giorno è
che ore sono
quanti anni bisogna avere
quanto è lontana la stazione
quanti punti ho
con chi parlo
chi è il responsabile
come si chiama lei
come mi chiamo nel vostro sistema
com'è scritto il mio nome
la chiamata è registrata
sei un robot
sei umano
chi sei
sei sicuro
parla inglese
mi capisce
posso pagare a rate
posso avere un rimborso
posso chiedere una cosa
forse arrivo tardi
magari vengo magari no
c'è il sole
mi sono seduto e ho aspettato
un secondo
un attimo
aspetti un minuto
un momento, devo cercarlo
fra un secondo
prima di tutto voglio protestare
per l'ultima volta, no
una volta per tutte
ho ancora una domanda
un'altra cosa
una cosa alla volta
quello è meglio
quello rosso per favore
vanno bene tutti e due
non funziona nessuno dei due
ne manca la metà
un quarto dei clienti si lamenta
funziona nove volte su dieci
il mio voto è 7 su 10
una valutazione maggiore di 3
ho vinto 3 partite di fila
ho corso 5 k
il cane pesa 20 chili
la stanza è di 30 metri quadri
ci sono 25 gradi
mi serve la versione 10.2
abbiamo guardato il canale 4
l'autobus 42 era in ritardo
il binario 9 è di là
la camera 101 è sporca
il capitolo 5 è noioso
a pagina 12 del manuale
i primi 10 in classifica
ho 2 macchine e 3 gatti
tre notti sono bastate
ci ho messo da 5 a 10 minuti
l'offerta vale 12 mesi
dal 2009 al 2018 vivevo all'estero
sono cliente dal 2015
il tasto è sotto lo schermo
a nome di tutti, grazie
non conosco quel nome
il nome compare due volte
mi chiami più tardi
chiamatemi quando sapete qualcosa
vi richiamo io
ho cambiato numero
mandatemi il modulo
mandatelo per posta
la mia mail è piena
scrivetemi
a casa o al lavoro
il punto in mezzo
vediamo
ci devo pensare
va bene, e adesso
e allora
e poi
credo di sì
penso di no
sarebbe perfetto
per me va bene
sono d'accordo
non sono d'accordo
no, non è vero
sì ma ho una domanda
forse dopo
non adesso
non ancora
ho cambiato idea
lasci perdere
altro
nient'altro
è tutto
il vero problema è il prezzo
costa due lire
Google Maps mostra la strada sbagliata
l'ho visto su Facebook
l'ho letto sul Corriere della Sera
ho volato con Alitalia
Buon Compleanno a te
per Natale siamo chiusi > date
ho pagato 20 euro di troppo > money
ci sono andato ieri > date
vengo domani > date
ci vediamo venerdì > date
ci vediamo lunedì alle 5 > date time date-time
il negozio chiude alle 18 > time
ho chiamato alle 9:30 e non rispondeva nessuno > time
`
