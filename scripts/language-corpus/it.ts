/** Italian as people write to a service: what words and endings the table learns from, beside lexicons and templates. */
export const it = `
il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli alle dal dalla dai dalle nel nella nei nelle sul sulla sui sulle e ed o ma se che chi cui non come quando dove perché quanto quale anche ancora già mai sempre molto poco più meno tutto tutti niente qualcosa qualcuno ogni altro stesso proprio solo soltanto io tu lui lei noi voi loro mi ti ci vi si me te mio mia miei tuo tua suo sua nostro vostro questo questa quello quella sono sei è siamo siete era erano stato stata essere ho hai ha abbiamo avete hanno avere fatto fare dire detto andare vado venire posso può potere devo deve dovere voglio vuole vorrei sapere so bene male così dopo prima ora adesso poi oggi ieri domani però quindi allora dunque infatti invece mentre durante senza contro verso fino secondo sotto sopra dentro fuori vicino lontano cosa cose anno anni giorno giorni volta volte casa uomo donna tempo vita mano parte paese mondo lavoro
tornerò la prossima settimana
vorrei prenotare un appuntamento per lunedì prossimo
mi potete richiamare domani pomeriggio
alle tre e mezza, per favore
sono nato a dicembre
dopodomani a mezzogiorno
due settimane fa, il mese scorso, l'anno prossimo, questo fine settimana
qualche giorno fa
è successo ieri sera
il primo maggio
di mattina, nel pomeriggio, di notte, a mezzanotte
comincia alle nove in punto
venticinquemila e trenta
centoventi euro e cinquanta centesimi
mezzo milione di sterline
il secondo e il terzo, la quarta, la quinta, ventesimo, centesimo
il mio numero di telefono è tre tre cinque
la mia email è mario chiocciola gmail punto com
ciao, come stai, buongiorno, buonasera, grazie mille, molte grazie, prego
sì grazie, no grazie, certo, esatto, è sbagliato, non credo, non sono sicuro, lascia stare
non so cosa vuoi dire, scusi, può ripetere
vorrei parlare con un operatore, per favore
dov'è il mio pacco, doveva essere già arrivato
ho perso la carta e me ne serve una nuova
quanto costa
che tempo fa oggi
la bolletta di questo mese è troppo alta
la connessione internet non funziona
vorrei disdire il contratto
ci siamo trasferiti in una casa nuova la settimana scorsa
mi ha detto che aveva già pagato
ci stavano aspettando fuori
quale desidera
c'è qualcosa che non va
vediamoci verso le otto meno un quarto
entro tre ore, fino a venerdì, da martedì, tra le sei e le sette
entro la fine del mese
circa il dieci per cento del prezzo
quarantacinque minuti più tardi
inverno, primavera, estate, autunno
presto, tardi, subito, sempre, spesso, talvolta, di solito, oggi, stasera, stanotte, domani, ieri, l'altro ieri
settimane, mesi, ore, minuti, secondi, decennio, secolo, dozzina, paio
compleanno, vacanza, Natale, Pasqua, Ferragosto, capodanno
via, viale, piazza, corso, città, paese
nome, cognome, data di nascita
nord, sud, est, ovest, sinistra, destra, su, giù
nero, bianco, rosso, blu, verde, giallo
buono, cattivo, grande, piccolo, economico, caro, vecchio, giovane, felice, triste
madre, padre, fratello, sorella, figlia, figlio, amico, moglie, marito
duemila e diciotto, millenovecentottanta, duecentomila, trecentocinquanta, ottantotto, novantanove
andrò, tornò, farò, sarà, partiremo, arrivano, partirono, pagato, ricevuto, chiesto
zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove
ventuno ventidue ventitré trentatré quarantatré cinquantadue sessantasei settantasette ottantotto novantanove
cento duecento trecento quattrocento cinquecento seicento settecento ottocento novecento mille duemila tremila
primo seconda terzo quarta quinto sesta settimo ottava nono decima undicesimo dodicesimo ventesimo centesimo millesimo
lunedì martedì mercoledì giovedì venerdì sabato domenica lun mar mer gio ven sab dom gen genn feb mag giu lug ago sett ott dic
dollari, centesimi, sterline, meno, virgola, mezzo, quarto, epifania, pasquetta
`
