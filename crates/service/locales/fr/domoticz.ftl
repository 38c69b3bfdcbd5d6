## Domoticz
domoticz-description = Compteur Linky { $target }
domoticz-description-of = Relevé : chiffres du { $day }
domoticz-description-none = Relevé : pas encore de chiffres complets
domoticz-log-consent = Relevé attend votre consentement : ouvrez { $link } et saisissez le code { $code }

domoticz-problem-unreachable = Domoticz ne répond pas ({ $cause })
domoticz-problem-unreachable-advice = Vérifiez l’adresse « url » et que Domoticz est en marche. Relevé réessaie de lui-même.
domoticz-problem-cut = Domoticz a coupé la connexion au milieu d’une réponse
domoticz-problem-cut-advice = Rien à faire : ce qui n’est pas confirmé sera renvoyé.
domoticz-problem-unauthorized = Domoticz refuse cet accès (401)
domoticz-problem-unauthorized-advice = Vérifiez « user » et le mot de passe, ou ajoutez l’adresse de cette machine aux réseaux de confiance de Domoticz (Réglages, Sécurité). En http://, Domoticz n’accepte « basic » que si « Allow Basic-Auth over plain HTTP » est coché : prenez plutôt « session ».
domoticz-problem-forbidden = l’utilisateur n’a pas le droit de faire cela dans Domoticz (403, { $command })
domoticz-problem-forbidden-advice = Donnez à cet utilisateur les droits « Admin » dans Domoticz (Réglages, Utilisateurs).
domoticz-problem-two-factor = Domoticz demande un second facteur pour cet utilisateur
domoticz-problem-two-factor-advice = Créez dans Domoticz un utilisateur sans second facteur pour Relevé, ou mettez cette machine dans les réseaux de confiance.
domoticz-problem-refused = Domoticz refuse la commande « { $command } » sans dire pourquoi
domoticz-problem-refused-advice = Regardez son journal (Réglages, Journal). Relevé réessaie de lui-même.
domoticz-problem-unknown-command = Domoticz ne connaît pas la commande « { $command } »
domoticz-problem-unknown-command-advice = Installez Domoticz 2024.1 ou une version plus récente.
domoticz-problem-unexpected = Domoticz répond par le code { $code }
domoticz-problem-unexpected-advice = Regardez son journal, et ce qui se trouve entre lui et Relevé (serveur mandataire). Relevé réessaie de lui-même.
domoticz-problem-not-domoticz = ce qui répond à cette adresse n’est pas Domoticz
domoticz-problem-not-domoticz-advice = Vérifiez « url » : l’adresse est celle de la page d’accueil de Domoticz.
domoticz-problem-too-old = Domoticz { $version } est trop ancien : ses commandes ont d’autres noms
domoticz-problem-too-old-advice = Installez Domoticz 2024.1 ou une version plus récente ; l’historique y reste.
domoticz-problem-spoils = Domoticz { $version } abîme les valeurs des dispositifs gérés : l’historique y remplace la valeur présente
domoticz-problem-spoils-advice = Installez Domoticz 2024.1 ou une version plus récente ; rien n’a été écrit.
domoticz-problem-gone = { $target } : le dispositif { $idx } n’existe plus dans Domoticz
domoticz-problem-gone-advice = « releve domoticz setup » le recrée avec tout son historique ; sinon, retirez ce point de « usage_points ».
domoticz-problem-wrong-type = { $target } : le dispositif { $idx } est d’un autre type ({ $kind })
domoticz-problem-wrong-type-advice = Réglez « device » sur ce type, ou adoptez un autre dispositif : « releve domoticz adopt --idx N ».
domoticz-problem-not-held = { $target } : Domoticz a dit OK, mais { $rows } lignes n’y sont pas, la première du { $first }
domoticz-problem-not-held-advice = Regardez le journal de Domoticz et la place sur son disque. Relevé les renverra de lui-même.
domoticz-problem-plugin-device = { $target } : l’extension DomoticzLinky a déjà le dispositif { $idx }
domoticz-problem-plugin-device-advice = « releve domoticz adopt » le reprend avec son numéro et son historique.
domoticz-problem-nothing-to-adopt = { $target } : Domoticz n’a pas de dispositif de l’extension DomoticzLinky pour ce point
domoticz-problem-nothing-to-adopt-advice = Nommez le dispositif vous-même (--usage-point PRM --idx N), ou créez-en un : « releve domoticz setup ».
domoticz-problem-has-device = { $target } a déjà le dispositif { $idx }
domoticz-problem-has-device-advice = « releve domoticz remove » le retire d’abord.
domoticz-problem-no-device = { $target } : pas encore de dispositif
domoticz-problem-no-device-advice = Créez-le : « releve domoticz setup », ou reprenez celui de l’extension : « releve domoticz adopt ».
domoticz-problem-broker = le serveur MQTT refuse ou ne répond pas ({ $cause })
domoticz-problem-broker-advice = Vérifiez « mqtt_url », « mqtt_user » et le mot de passe. Relevé réessaie de lui-même.

domoticz-notice-short-log = Domoticz garde { $kept } jours de journal court, { $wanted } sont demandés
domoticz-notice-short-log-advice = Réglages, Historique des journaux : portez le journal court à { $wanted } jours.
domoticz-notice-divider = le diviseur d’énergie de Domoticz est { $divider } au lieu de 1000 : ses graphiques seront faux
domoticz-notice-divider-advice = Réglages, Compteurs : remettez le diviseur « Energie » à 1000.
domoticz-notice-p1-display = la tuile P1 de Domoticz est réglée sur l’affichage { $value }
domoticz-notice-p1-display-advice = Réglages, Compteurs : l’affichage par défaut du P1 montre toutes les lignes.
domoticz-notice-timeout = Domoticz tient un capteur pour muet après { $minutes } minutes
domoticz-notice-timeout-advice = Réglages, Système : 60 minutes, la valeur d’origine, conviennent.
domoticz-notice-hardware-off = { $target } : le matériel de ce dispositif est désactivé dans Domoticz
domoticz-notice-hardware-off-advice = Les lignes sont écrites malgré tout ; réactivez ce matériel, ou adoptez le dispositif.
domoticz-notice-one-sided = { $target } : { $days } jours n’ont que l’un des deux sens, l’autre s’affiche 0
domoticz-notice-one-sided-advice = « releve status » dit ce qui manque et pourquoi.
domoticz-notice-unsplit = { $target } : { $days } jours sans courbe complète ou sans plage connue ; ce qui n’est pas sûrement en heures creuses compte en heures pleines
domoticz-notice-unsplit-advice = Donnez les plages dans « off_peak », ou importez la courbe manquante.

cli-domoticz = Crée, adopte, remplit et vérifie les dispositifs de Domoticz
cli-domoticz-setup = Crée les dispositifs qui manquent, même ceux que vous avez supprimés
cli-domoticz-adopt = Reprend les dispositifs de l’extension DomoticzLinky, avec leur numéro et leurs années
cli-domoticz-push = Envoie ce qui diffère et le relit
cli-domoticz-verify = Compare tout ce que Domoticz montre avec le registre, et ses réglages
cli-domoticz-remove = Supprime les dispositifs créés par Relevé ; ceux qu’il a repris restent
cli-domoticz-name = Nom de la destination dans la configuration (quand il y en a plusieurs)
cli-domoticz-dry-run = Montre ce qui serait fait, sans rien faire
cli-domoticz-idx = Numéro (idx) du dispositif à reprendre
cli-value-idx = NUMÉRO
cli-domoticz-examples =
    Exemples :
      releve domoticz setup
      releve domoticz adopt --dry-run
      releve domoticz push --dry-run
      releve domoticz verify
domoticz-none = aucune destination Domoticz de ce nom n’est configurée
domoticz-none-do = Ajoutez à la configuration : [outputs.domoticz], kind = "domoticz", url = "http://…:8080".
domoticz-several = plusieurs destinations Domoticz sont configurées
domoticz-several-do = Choisissez-en une : --name NOM.
domoticz-pushed = { $written ->
    [one] { $written } écriture
   *[other] { $written } écritures
 }, { $deleted ->
    [one] { $deleted } suppression
   *[other] { $deleted } suppressions
 }, { $unchanged ->
    [one] { $unchanged } ligne déjà juste.
   *[other] { $unchanged } lignes déjà justes.
 }
domoticz-would-push = { $rows ->
    [one] { $rows } ligne serait envoyée
   *[other] { $rows } lignes seraient envoyées
 }, { $unchanged ->
    [one] { $unchanged } est déjà juste.
   *[other] { $unchanged } sont déjà justes.
 }
domoticz-checked = { $compared ->
    [one] { $compared } ligne comparée
   *[other] { $compared } lignes comparées
 }, { $differ ->
    [one] { $differ } diffère.
   *[other] { $differ } diffèrent.
 }
domoticz-costs = Prix à saisir dans Domoticz (Réglages, Compteurs, coûts de l’énergie) :
domoticz-no-devices = Aucun dispositif.
domoticz-is-made = { $target } : dispositif { $idx } créé.
domoticz-is-there = { $target } : le dispositif { $idx } existe déjà.
domoticz-is-adopted = { $target } : dispositif { $idx } repris.
domoticz-is-deleted = { $target } : dispositif { $idx } supprimé.
domoticz-is-let-go = { $target } : dispositif { $idx } laissé à Domoticz avec son historique.
domoticz-would-made = { $target } : un dispositif serait créé.
domoticz-would-there = { $target } : le dispositif { $idx } existe déjà.
domoticz-would-adopted = { $target } : le dispositif { $idx } serait repris.
domoticz-would-deleted = { $target } : le dispositif { $idx } serait supprimé.
domoticz-would-let-go = { $target } : le dispositif { $idx } serait laissé à Domoticz.
domoticz-plugin-runs = L’extension est encore active : désactivez-la dans Domoticz (Réglages, Matériel), sinon elle recréera un dispositif.
domoticz-proposal = Réglages de l’extension, dans les mots de Relevé :
