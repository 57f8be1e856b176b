/** Everyday sentences in French that answer no question; what may be taken from one stands behind `>`. */
export const chatter = `
allô, il y a quelqu'un ?
bonjour, comment allez-vous aujourd'hui ?
j'attends depuis vingt minutes
personne ne répond au téléphone
votre site ne marche pas
j'ai déjà tout dit à votre collègue
pourquoi voulez-vous le savoir ?
vous m'entendez ?
c'était quoi la question ?
je n'ai pas compris la deuxième
pouvez-vous parler plus lentement ?
internet est lent depuis cet hiver
je paie trop pour ce service
la facture a doublé
j'ai l'erreur 404 à l'écran
j'ai essayé trois fois sans succès
il y en a deux dans la boîte
un de mes voisins a le même problème
j'habite au cinquième étage depuis 10 ans
ma fille a 12 ans et mon fils 9
nous étions quatre à table
le magasin de Lyon était fermé
j'appelle de Marseille
nous avons déménagé de Lille à Nantes
le bureau de Bordeaux est ouvert ?
le train pour Strasbourg était en retard
Nice est plus belle que Cannes
j'aime Paris au printemps
la route de Toulouse est bloquée
avez-vous une agence à Rennes ?
la rue Victor Hugo est fermée
combien ça coûte ?
c'est trop cher
il y a une offre moins chère ?
je ne veux rien acheter
ma carte ne marche pas
le distributeur a avalé ma carte
pourquoi ai-je payé des frais ?
j'ai perdu mes clés et mon portefeuille
mon mot de passe a expiré
on me demande un code que je n'ai pas reçu
le code envoyé ne marche pas
je n'arrive pas à entrer
où est mon numéro de client ?
je n'ai pas mon contrat sous la main
le compteur est à la cave
c'est derrière la porte à gauche
tournez à droite au deuxième feu
le colis n'est jamais arrivé
le livreur l'a laissé chez un voisin
il a été livré à la mauvaise maison
la boîte était ouverte et à moitié vide
deux verres sur cinq étaient cassés
je veux parler à une vraie personne
passez-moi votre responsable
c'est la troisième fois que j'appelle
vous ne rappelez jamais
personne ne m'a appelé
je n'en reviens pas
ce n'est pas ce que j'ai dit
vous m'avez mal compris
ça ne fait rien
merci beaucoup
mille mercis
vous êtes très aimable
bonne journée
à bientôt
quel bazar
c'est ridicule
je suis très déçu
je suis fatigué et je veux rentrer
je ne suis pas sûr
je suis pressé
je suis dans le train
je suis au travail
je suis un client comme les autres
je suis français
je suis perdu
c'est urgent
c'est la vie
c'est tard
ici il pleut
il fait très chaud ici
ici tout va bien
c'est le pire service du monde
c'est une blague
peut-on changer d'offre ?
combien de temps ça prend ?
comment ça marche ?
quand ouvrez-vous ?
quand vient le technicien ?
à quelle heure fermez-vous ?
quel jour sommes-nous ?
quelle heure est-il ?
quel âge faut-il avoir ?
la gare est loin ?
combien de points j'ai ?
à qui je parle ?
qui est le responsable ?
comment vous appelez-vous ?
comment mon nom est-il écrit ?
l'appel est enregistré ?
êtes-vous un robot ?
parlez-vous anglais ?
vous me comprenez ?
puis-je payer en plusieurs fois ?
puis-je être remboursé ?
je peux poser une question ?
je serai peut-être en retard
je viens peut-être, ou pas
il fait beau
je me suis assis et j'ai attendu
une seconde
un instant
attendez une minute
un moment, je dois le chercher
dans une seconde
d'abord je veux me plaindre
pour la dernière fois, non
une fois pour toutes
j'ai encore une question
autre chose
une chose à la fois
celui-là est mieux
le rouge s'il vous plaît
les deux me vont
aucun des deux ne marche
il en manque la moitié
un quart des clients se plaint
ça marche neuf fois sur dix
ma note est 7 sur 10
une note supérieure à 3
j'ai gagné 3 matchs de suite
j'ai couru 5 k
le chien pèse 20 kilos
la pièce fait 30 mètres carrés
il fait 25 degrés
il me faut la version 10.2
on a regardé la chaîne 4
le bus 42 était en retard
le quai 9 est là-bas
la chambre 101 est sale
le chapitre 5 est ennuyeux
à la page 12 du manuel
les 10 premiers du classement
j'ai 2 voitures et 3 chats
trois nuits ont suffi
ça m'a pris de 5 à 10 minutes
l'offre dure 12 mois
de 2009 à 2018 j'ai vécu ailleurs
je suis client depuis 2015
j'ai lu 3 livres cet été
il y avait cent personnes
cent fois je vous l'ai dit
le bouton est sous l'écran
au nom de tous, merci
je ne connais pas ce nom
le nom apparaît deux fois
appelez-moi plus tard
rappelez-moi quand vous saurez
je vous rappelle
j'ai changé de numéro
envoyez-moi le formulaire
envoyez-le par la poste
ma boîte mail est pleine
écrivez-moi
à la maison ou au travail
le point au milieu
voyons
je dois réfléchir
bon, et maintenant ?
et alors ?
et ensuite ?
je crois que oui
je crois que non
ce serait parfait
ça me va
je suis d'accord
je ne suis pas d'accord
non, ce n'est pas vrai
oui mais j'ai une question
peut-être plus tard
pas maintenant
pas encore
j'ai changé d'avis
laissez tomber
autre chose ?
rien d'autre
c'est tout
le vrai problème c'est le prix
Google Maps montre la mauvaise rue
je l'ai vu sur Facebook
je l'ai lu dans Le Monde
j'ai volé avec Air France
Joyeux Anniversaire à toi
j'ai payé 20 euros de trop > money
j'y étais hier > date
je viens demain > date
on se voit vendredi > date
on se voit lundi à 5 heures > date time date-time
le magasin ferme à 18 h > time
j'ai appelé à 9h30 et personne n'a répondu > time
`
