/** French as people write to a service: what words and endings the table learns from, beside lexicons and templates. */
export const fr = `
le la les un une des de du à au aux en avec par pour sans sur entre jusque depuis vers selon pendant dans chez et ou mais si que qui dont où ne pas plus moins comme quand comment pourquoi parce combien quel quelle aussi encore déjà jamais toujours très trop peu beaucoup tout tous toute rien quelque quelqu'un chaque autre même propre seulement je tu il elle nous vous ils elles on me te se lui leur moi toi mon ma mes ton ta tes son sa ses notre nos votre vos ce cet cette ces celui celle ceux suis es est sommes êtes sont étais était été être ai as a avons avez ont avait avoir fait faire dit dire aller vais va venir peux peut pouvoir dois doit devoir veux veut voudrais savoir sais bien mal ainsi après avant maintenant puis aujourd'hui hier demain donc alors ensuite sous contre dehors près loin chose choses an ans année années jour jours fois maison homme femme temps vie main partie pays monde travail
je reviendrai la semaine prochaine
je voudrais prendre rendez-vous pour lundi prochain
pouvez-vous me rappeler demain après-midi
à trois heures et demie, s'il vous plaît
je suis né en décembre
après-demain à midi
il y a deux semaines, le mois dernier, l'année prochaine, ce week-end
il y a quelques jours
c'est arrivé hier soir
le premier mai
le matin, l'après-midi, la nuit, à minuit
ça commence à neuf heures précises
vingt-cinq mille trente
cent vingt euros et cinquante centimes
un demi million de livres
le deuxième et le troisième, la quatrième, la cinquième, vingtième, centième
mon numéro de téléphone est le zéro six
mon adresse mail est jean arobase gmail point com
bonjour, comment ça va, bonsoir, merci beaucoup, je vous en prie
oui s'il vous plaît, non merci, bien sûr, c'est exact, c'est faux, je ne crois pas, je ne suis pas sûr, laissez tomber
je ne sais pas ce que vous voulez dire, pardon, pouvez-vous répéter
je voudrais parler à un conseiller, s'il vous plaît
où est mon colis, il aurait déjà dû arriver
j'ai perdu ma carte et il m'en faut une nouvelle
combien ça coûte
quel temps fait-il aujourd'hui
la facture de ce mois est trop élevée
la connexion internet ne marche pas
je voudrais résilier mon contrat
nous avons déménagé dans une nouvelle maison la semaine dernière
il m'a dit qu'elle avait déjà payé
ils nous attendaient dehors
lequel voulez-vous
il y a quelque chose qui ne va pas
on se voit vers huit heures moins le quart
dans trois heures, jusqu'à vendredi, depuis mardi, entre six et sept heures
avant la fin du mois
environ dix pour cent du prix
quarante-cinq minutes plus tard
hiver, printemps, été, automne
bientôt, tard, tout de suite, souvent, parfois, d'habitude, ce soir, cette nuit, avant-hier
semaines, mois, heures, minutes, secondes, décennie, siècle, douzaine, paire
anniversaire, vacances, Noël, Pâques, réveillon, nouvel an
rue, avenue, place, boulevard, ville, village, pays
nom, prénom, nom de famille, date de naissance
nord, sud, est, ouest, gauche, droite, haut, bas
noir, blanc, rouge, bleu, vert, jaune
bon, mauvais, grand, petit, bon marché, cher, vieux, jeune, heureux, triste
mère, père, frère, sœur, fille, fils, ami, femme, mari
deux mille dix-huit, mille neuf cent quatre-vingts, deux cent mille, trois cent cinquante, quatre-vingt-huit, quatre-vingt-dix-neuf, soixante-dix, septante, nonante
j'irai, il est revenu, je ferai, il sera, nous partirons, ils arrivent, payé, reçu, demandé
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf
vingt et un, vingt-deux, trente-trois, quarante-quatre, cinquante-cinq, soixante-six, soixante-dix-sept
cent deux cents trois cents quatre cents cinq cents mille deux mille
premier première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième vingtième centième millième
lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim janv févr avr juil août sept déc
dollars, centimes, livres, moins, virgule, demi, quart, cinquante, soixante, heures, h
`
