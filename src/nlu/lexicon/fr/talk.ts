import type { TalkWords } from '../source.ts'

export const talk: TalkWords = {
  as: {
    filler:
      'euh heu hum hmm hm mm ben bah bon alors donc voila ah oh ok okay d accord oui non salut bonjour bonsoir merci pardon desole excusez moi enfin c est etait ce sera plutot tiens',
    common:
      'maximum minimum max total environ mensuel mensuels annuel annuels exactement pile tout rond ronds brut net nets compris ttc inclus jeu ' +
      'le la les l un une des du de d a au aux en dans avec par pour sans sur sous entre jusque depuis et ou mais si que qu qui quoi ne n pas ni non oui ' +
      'je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur leurs mon ma mes ton ta tes son sa ses notre nos votre vos ce c cet cette ces ca cela ceci celui celle ' +
      'suis es est sommes etes sont etais etait ete etre sera ai as a avons avez ont avoir avait eu fais fait faire faites dis dit dire dites vais va vas allons allez vont aller ' +
      'peux peut pouvez pouvoir pourrais pourrait pourriez veux veut voulez vouloir voudrais voudrait dois doit devez devoir sais sait savoir comprends compris comprendre parle crois pense semble ' +
      'appelle appelles appelez appeler ecris ecrire ecrivez envoie envoyer besoin faut ' +
      'comment chose quand ou pourquoi quel quelle quels quelles combien plus moins tres beaucoup peu trop tout toute tous toutes rien quelque chose quelqu quelqu personne ' +
      'encore deja jamais toujours maintenant puis apres avant ici la aussi seulement seul seule ainsi peut etre ' +
      'nom prenom noms prenoms famille mail email courriel courrier telephone portable mobile numero adresse date naissance ne nee anniversaire code ' +
      'bonjour bonsoir salut merci pardon excusez aide operateur operatrice repetez repete repeter passer annuler stop recommencer retour question reponse probleme ' +
      'bien parfait genial super bon bonne sur surement exact exactement correct juste vrai faux certain certainement evidemment absolument accord ' +
      'autre autres personne moment minute attendez attends asdf qwerty azerty asd bla lol test argent payer commande reserver rendez chat chien voiture maison idee parler tard hier',
    title: 'monsieur madame mademoiselle m mme mlle docteur dr professeur prof maitre',
    particle: 'de du des d la le les van von der da di el saint sainte mac',
    question: 'que qu qui quoi comment quand pourquoi quel quelle quels quelles combien',
    copula: 'est sont',
    not: 'pas non',
    only: 'seul seule seulement',
    self: 'je moi suis',
    firstName:
      'marie nathalie isabelle sylvie catherine francoise martine monique christine anne sandrine valerie stephanie celine julie camille emma lea manon chloe ines sarah laura lucie pauline ' +
      'jean pierre michel andre philippe alain bernard jacques daniel patrick nicolas christophe laurent stephane thierry francois eric sebastien frederic david julien thomas alexandre antoine ' +
      'maxime kevin guillaume olivier vincent louis lucas hugo theo nathan gabriel arthur jules raphael paul mathieu matthieu romain clement pascal bruno marc luc henri rene claude dominique ' +
      'gerard georges roger marcel emile charles marguerite jeanne helene sophie aurelie elodie virginie caroline charlotte juliette alice louise jade mario',
  },
  yes:
    'ça devrait marcher|ça devrait fonctionner|ça fonctionne|je le ferai|je vais le faire|faisons ça|faisons comme ça|c est parfait|très bien|c est ok|j approuve|approuvé|je veux bien|c est entendu|totalement|ça roule|je suppose que oui|il me semble que oui|' +
    'je crois que oui|je pense que oui|oui|ouais|ouaip|ouep|yes|si|mais oui|oui oui|bien sûr|bien sur que oui|bien entendu|évidemment|certainement|absolument|tout à fait|exact|exactement|exactement ça|correct|c est correct|' +
    'c est exact|c est juste|juste|c est ça|c est bien ça|c est vrai|vrai|c est bon|bon|c est bien|parfait|parfaitement|super|génial|nickel|impeccable|ok|okay|d accord|je suis d accord|entendu|volontiers|' +
    'sans doute|sans aucun doute|sans problème|en effet|effectivement|affirmatif|je confirme|confirmé|certes|avec plaisir|pourquoi pas|allez y|vas y|ça marche|ça me va|carrément|pas de problème|pas de soucis|pas de souci|aucun problème|aucun souci|pas mal|il n y a pas de problème|y a pas de problème|aucune objection|et pourquoi pas|👍|👌|✅|✔|🆗|👏|💯|🙂|😀',
  no:
    'ça ne marche pas|ça marche pas|ça ne fonctionne pas|je ne le ferai pas|je ne veux pas|je veux pas|ça ne me va pas|ça me va pas|je n approuve pas|aucunement|nullement|c est mauvais|mauvais|je suppose que non|ce n est pas bien|ce n est pas ok|désaccord|je suis en désaccord|je n aime pas|' +
    'non|nan|nope|non merci|mais non|pas du tout|absolument pas|certainement pas|bien sûr que non|surtout pas|en aucun cas|jamais|jamais de la vie|pas vraiment|pas tout à fait|pas exactement|pas correct|pas exact|pas juste|pas vrai|' +
    'c est faux|faux|incorrect|c est incorrect|inexact|erreur|c est une erreur|c est pas ça|ce n est pas ça|ce n est pas correct|ce n est pas exact|ce n est pas juste|ce n est pas vrai|ce n est pas bon|c est pas bon|' +
    'je ne crois pas|je ne pense pas|je crois que non|je pense que non|je ne suis pas d accord|pas d accord|je refuse|négatif|rien|rien du tout|hors de question|pas question|pas ok|pas bon|non plus|je ne confirme pas|sûrement pas|bien sûr pas|évidemment pas|évidemment que non|sous aucun prétexte|en aucune façon|en aucune manière|pas le moins du monde|je crains que non|j ai peur que non|j espère que non|plutôt pas|plutôt non|il n en est pas question|probablement pas|sans façon|même pas en rêve|👎|❌|✖|🚫|🙅',
  undecided:
    'pas sûr|pas sûre|pas certain|pas certaine|pas vraiment sûr|pas vraiment sûre|pas très sûr|pas très sûre|pas tout à fait sûr|pas tout à fait sûre|pas trop sûr|pas trop sûre|pas si sûr|pas si sûre|je ne sais pas|je sais pas|j sais pas|chais pas|je ne me souviens pas|je me souviens pas|je ne me rappelle pas|aucune idée|je n en sais rien|j en sais rien|je n ai aucune idée|ce n est pas sûr|c est pas sûr',
  plain: 'oui non ouais nan',
  polite:
    's il vous plaît|s il te plaît|svp|stp|merci|ok|pouvez vous|pourriez vous|peux tu|tu peux|vous pouvez|je voudrais|je veux|j aimerais|j ai besoin de|j ai besoin d|puis je|est ce que je peux|maintenant|pardon|excusez moi|alors|bon|bonjour|' +
    'un instant|est ce que vous pouvez|je dois|il faut',
  commands: {
    help: "aide|à l'aide|aidez moi|aide moi|de l'aide|m'aider|besoin d'aide|j'ai besoin d'aide|que puis je dire|qu'est ce que je peux dire|que dois je dire|qu'est ce que je dois dire|que dois je faire|je ne comprends pas|je comprends pas|comment ça marche|expliquez moi|explique moi|qu'est ce que ça veut dire|help",
    repeat:
      "répétez|répète|répéter|répétez la question|répéter la question|répète la question|comment|pardon|quoi|hein|qu'avez vous dit|qu'est ce que vous avez dit|vous avez dit quoi|je n'ai pas entendu|j'ai pas entendu|je n'ai pas compris|j'ai pas compris|encore|encore une fois|une nouvelle fois|vous pouvez répéter",
    'start-over':
      'recommencer|on recommence|on reprend du début|recommence|recommencez|recommençons|recommencer depuis le début|recommencer au début|depuis le début|du début|repartir de zéro|reprendre depuis le début|reprenons depuis le début|tout recommencer|à zéro|reset',
    'go-back':
      'retour|en arrière|revenir|revenir en arrière|reviens|revenez en arrière|revenons en arrière|question précédente|la question précédente|précédent|précédente|revenir à la question précédente|un pas en arrière',
    operator:
      'opérateur|opératrice|un opérateur|une opératrice|conseiller|conseillère|un conseiller|une conseillère|agent|un agent|humain|un humain|un être humain|une personne|une vraie personne|parler à un opérateur|parler à un conseiller|parler à un agent|' +
      "parler à quelqu'un|parler à une personne|parler à un humain|parler avec un conseiller|parler avec quelqu'un|parler à une vraie personne|passez moi un conseiller|passez moi un opérateur|service client|le service client|assistance|support",
    cancel:
      'annuler|annule|annulez|annulez tout|tout annuler|arrêter|arrête|arrêtez|stop|quitter|sortir|laisse tomber|laissez tomber|oubliez|oublie|tant pis|je ne veux pas continuer|je veux arrêter|abandonner|fin|terminer|ça suffit',
    'what-did-i-say':
      "qu'est ce que j'ai dit|qu'ai je dit|j'ai dit quoi|qu'est ce que je vous ai dit|qu'avez vous compris|qu'avez vous noté|résumé|un résumé|résumez|récapitulatif|récapitulez|récapituler|le récapitulatif",
    skip: "passer|passe|passez|passer cette question|passez cette question|sauter|saute|sauter cette question|suivant|suivante|question suivante|la suivante|la question suivante|je n'en ai pas|j'en ai pas|je n'ai pas|je préfère ne pas le dire|je préfère ne pas répondre|skip",
  },
  cues: {
    name: "je m'appelle|mon nom est|mon nom complet est|mon nom c'est|le nom est|nom est|nom et prénom|nom complet|nom|appelez moi|au nom de|moi c'est",
    selfName: "je suis|moi c'est|c'est|ici|ici c'est|à l'appareil",
    holder: 'au nom de|sous le nom de|sous le nom|de la part de|pour le compte de',
    under: 'sous',
    nameBehind: "à l'appareil|au téléphone|au bout du fil|c'est mon nom|est mon nom|qui vous parle|qui parle",
    booking: 'réservation|réservations|réservé|réservée|réserver|table|rendez vous|chambre',
    firstName: "prénom|le prénom est|mon prénom est|mon prénom c'est|prénom est|mon prénom|le prénom",
    lastName:
      "nom de famille|le nom de famille est|mon nom de famille est|nom|mon nom est|mon nom de famille c'est|nom de famille est|le nom est|mon nom",
    birth:
      'né|née|né le|née le|né en|née en|je suis né|je suis née|anniversaire|date de naissance|naissance|date de naissance est',
    date: 'date|la date est|date est',
    phone:
      "téléphone|mon téléphone est|le téléphone est|téléphone est|numéro de téléphone|numéro de téléphone est|portable|mon portable est|mobile|tél|tel|mon numéro est|mon numéro c'est|le numéro est|numéro est|numéro|appelez moi au|joignable au|rappelez moi au",
    email: 'email|e mail|mail|courriel|adresse mail|adresse email|adresse électronique',
    number: 'numéro|nombre',
    code: 'code|numéro',
    day: 'jour|le jour|le jour est',
    month: 'mois|le mois|le mois est',
    year: "année|l'année|l'année est",
  },
  chatter:
    'bonne journée|bonne soirée|comment allez vous|comment vas tu|ça va|merci beaucoup|merci bien|je ne sais pas|je sais pas|aucune idée|un moment|un instant|une minute|qui êtes vous|qui es tu|joyeux anniversaire|bon anniversaire|très bien|' +
    'au revoir|à bientôt|à plus tard|pourquoi pas|de rien|je vois|je comprends|joyeux noël|bonne nuit',
}
