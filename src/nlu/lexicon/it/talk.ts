import type { TalkWords } from '../source.ts'

export const talk: TalkWords = {
  yes:
    'dovrebbe funzionare|funziona|può andare|lo farò|ci sto|facciamo così|va bene così|mi va bene|affermativo|eccome|approvo|approvato|tutto giusto|tutto corretto|tutto ok|penso proprio di sì|suppongo di sì|immagino di sì|per me va bene|' +
    'credo di si|penso di si|direi di si|si|sì|sii|yes|certo|certamente|certo che si|esatto|esattamente|giusto|corretto|vero|verissimo|ok|okay|okey|va bene|va benissimo|bene|benissimo|perfetto|ottimo|' +
    "d'accordo|sono d'accordo|assolutamente|assolutamente si|sicuro|sicuramente|ovvio|ovviamente|confermo|confermato|è giusto|è corretto|è esatto|è ok|proprio così|" +
    'già|volentieri|naturalmente|senz altro|senza dubbio|come no|nessun problema|non c è problema|non ci sono problemi|nessuna obiezione|perché no|e perché no|non male|senza problemi|👍|👌|✅|✔|🆗|👏|💯|🙂|😀',
  no:
    "non funziona|non ci sto|non lo farò|non mi va|non mi va bene|penso di no|credo di no|direi di no|negativo|non approvo|rifiuto|non va affatto bene|proprio no|non è questo|non è quello giusto|nient'affatto|suppongo di no|" +
    'no|nono|no grazie|non è giusto|non è corretto|non è esatto|non è vero|non è così|non è ok|non va bene|non va|non credo|non direi|non proprio|non è quello|non esattamente|' +
    "sbagliato|è sbagliato|errato|è errato|falso|niente affatto|per niente|assolutamente no|certo che no|per nulla|neanche per sogno|nemmeno|mai|macché|non sono d'accordo|" +
    'non corretto|non giusto|non è|nulla|non confermo|in nessun caso|in nessun modo|per nessun motivo|per nessuna ragione|niente da fare|ovviamente no|naturalmente no|sicuramente no|certamente no|di certo no|non se ne parla|manco per sogno|neppure per sogno|temo di no|purtroppo no|spero di no|forse no|meglio di no|👎|❌|✖|🚫|🙅',
  undecided:
    'non sono sicuro|non sono sicura|non ne sono sicuro|non ne sono sicura|non sono certo|non sono certa|non sono proprio sicuro|non sono proprio sicura|non sono del tutto sicuro|non sono del tutto sicura|non sono molto sicuro|non sono molto sicura|poco sicuro|non lo so|non so|non saprei|boh|non ricordo|non mi ricordo|non ho idea|nessuna idea|non è sicuro|non è certo|può essere',
  plain: 'si no yes',
  polite:
    'per favore|per piacere|grazie|ok|okay|puoi|può|potresti|potrebbe|vorrei|voglio|posso|mi puoi|mi può|ora|adesso|scusa|scusi|allora|dai|prego|ciao|un attimo|devo',
  commands: {
    help: 'aiuto|aiutami|mi serve aiuto|mi serve una mano|mi dai una mano|aiutarmi|aiutarmi un attimo|mi aiuti|ho bisogno di aiuto|cosa posso dire|cosa devo dire|che devo dire|che cosa devo fare|cosa devo fare|non capisco|non ho capito cosa devo fare|come funziona|spiegami|help',
    repeat:
      'ripeti|ripeta|ripetere|ripetimi|ripeti la domanda|ripetere la domanda|come|cosa|cosa hai detto|che hai detto|come hai detto|non ho capito|non ho sentito|ancora|di nuovo|un altra volta|ancora una volta|ripeti per favore|puoi ripetere',
    'start-over':
      'ricomincia|ricominciamo|ricominciare|ricominciare da capo|ricomincia da capo|ricominciamo da capo|da capo|dall inizio|riparti|ripartiamo|iniziare da capo|riparti da zero|ripartiamo da zero|reset',
    'go-back':
      'indietro|torna indietro|tornare indietro|torniamo indietro|domanda precedente|precedente|vai indietro|torna alla domanda precedente|annulla l ultima',
    operator:
      'operatore|un operatore|operatrice|umano|una persona|persona|parlare con un operatore|parlare con una persona|parlare con qualcuno|parlare con un umano|' +
      'passami un operatore|mi passi un operatore|passatemi un operatore|parlare con l operatore|servizio clienti|assistenza|assistenza clienti|un essere umano|una persona vera|parlare con una persona vera',
    cancel:
      'annulla|annullare|annulla tutto|basta|stop|smetti|esci|lascia stare|lasci stare|lascia perdere|lasciamo perdere|non importa|interrompi|fermati|cancella|cancella tutto|non voglio continuare|fine',
    'what-did-i-say':
      'cosa ho detto|che cosa ho detto|che ho detto|cosa ti ho detto|cosa ho detto finora|riepilogo|riassunto|riepiloga|riassumi|cosa hai capito|cosa hai segnato',
    skip: 'salta|saltare|salta questa|salta questa domanda|saltiamo|passa|passo|prossima|prossima domanda|avanti|vai avanti|non ce l ho|non ce l abbiamo|preferisco non dirlo|preferisco non rispondere|skip',
  },
  cues: {
    name: 'mi chiamo|il mio nome è|il nome è|mio nome è|nome e cognome|nome completo|il mio nome completo è|nome|chiamami|nome è|mi chiamano',
    selfName: 'sono|io sono|sono il|sono la|è|qui è|qui parla|parla',
    holder:
      'a nome di|a nome|per conto di|intestato a|intestata a|a nome della signora|a nome del signor|sotto il nome di|sotto il nome',
    under: 'sotto',
    nameBehind: "al telefono|all'apparecchio|è il mio nome|è il nome|che parla|qui",
    booking: 'prenotazione|prenotazioni|prenotato|prenotata|prenotare|tavolo|appuntamento|camera|stanza',
    firstName: 'nome|di nome|nome di battesimo|il nome è|il mio nome è|nome è|il nome',
    lastName: 'cognome|il cognome è|il mio cognome è|cognome è|di cognome|di cognome faccio|il cognome|mio cognome',
    birth: 'nato|nata|nato il|nata il|nato nel|nata nel|sono nato|sono nata|compleanno|data di nascita|nascita|data di nascita è',
    date: 'data|la data è|data è',
    phone:
      'telefono|il telefono è|telefono è|numero di telefono|numero di telefono è|cellulare|il cellulare è|cellulare è|cell|tel|il mio numero è|mio numero è|il numero è|numero è|numero|chiamami al|chiamatemi al|chiami al|mi chiami al|telefonare al|recapito',
    email: 'email|e mail|mail|posta elettronica|indirizzo email',
    number: 'numero',
    code: 'codice|numero',
    day: 'giorno|il giorno|il giorno è',
    month: 'mese|il mese|il mese è',
    year: 'anno|l anno|l anno è',
  },
  chatter:
    'buon giorno|buona sera|come stai|come va|grazie mille|non so|non lo so|un attimo|un momento|chi sei|buon compleanno|va bene|molto bene|a dopo|ci vediamo|arrivederci|buona giornata|perche no|di niente|ho capito',
  as: {
    filler:
      'ehm eh mah beh be boh allora ecco dunque ok okay si no ciao salve scusi scusa grazie prego cioe quindi e era anzi dico ah oh mm',
    common:
      'ad massimo minimo totale totali tondi tondo circa mensili mensile annui annuo esatti esatto precisi lordi netti puliti compreso comprese inclusa incluso complessivi complessivamente al ' +
      'il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli alle dal dallo dalla dai dagli dalle ' +
      'nel nello nella nei negli nelle sul sullo sulla sui sugli sulle e ed o oppure ma se che chi cui non no si certo esatto giusto corretto sbagliato vero falso ' +
      'io tu lui lei noi voi loro mi ti ci vi me te mio mia miei mie tuo tua suo sua nostro vostro questo questa quello quella questi quelli ' +
      'sono sei e siamo siete era ero erano sara essere stato stata ho hai ha abbiamo avete hanno avere avuto faccio fai fa fare fatto dico dici dice dire detto ' +
      'vado vai va andare posso puoi puo potete potrei devo deve voglio vuoi vuole vorrei so sai sa sapere capisco capito capire parlo credo penso pensavo sembra ' +
      'come cosa quando dove perche quale quanto quanti quanta ' +
      'piu meno molto poco troppo tutto tutti niente nulla qualcosa qualcuno nessuno ancora gia mai sempre adesso ora poi dopo prima qui qua li la anche solo proprio cosi ' +
      'nome cognome email mail posta telefono cellulare numero indirizzo data nascita nato nata compleanno codice chiamo chiama chiami chiamare scrivi scrivimi scrivere mandi ' +
      'ciao salve buongiorno buonasera grazie prego scusa scusi aiuto operatore ripeti ripeta salta annulla basta stop ricomincia indietro domanda risposta problema ' +
      'ok okay okey va bene perfetto ottimo benissimo assolutamente certamente ovviamente sicuro sicuramente davvero forse magari boh mah beh ehm eh allora ecco dunque ' +
      'ieri altro altra vostra persona attimo momento minuto aspetti aspetta asdf qwerty asd bla lol test prova ' +
      'soldi pagare ordine prenotare appuntamento gatto cane macchina casa accordo ritardo idea parlare',
    title:
      'signor signore signora signorina sig sigra dott dottor dottore dottoressa prof professor professore professoressa avv avvocato ing ingegner',
    particle: 'de del della dello dei degli di da dal dalla d lo la li van von der den dos du le el san santa',
    question: 'che chi cosa come quando dove perche quale quanto quanti',
    copula: 'e',
    not: 'non mica',
    only: 'sola solo',
    self: 'io sono',
    firstName:
      'mario luigi marco luca paolo giovanni giuseppe antonio francesco andrea alessandro stefano roberto matteo lorenzo davide simone federico riccardo ' +
      'maria anna giulia chiara sara francesca elena laura valentina silvia martina paola rosa angela giovanna lucia sofia aurora alice giorgia elisa ' +
      'carlo pietro salvatore vincenzo domenico michele angelo fabio claudio daniele emanuele massimo alberto giorgio gabriele leonardo tommaso filippo ' +
      'federica monica cristina barbara daniela claudia roberta simona teresa caterina beatrice ilaria serena john james david michael robert anne jean hans',
  },
}
