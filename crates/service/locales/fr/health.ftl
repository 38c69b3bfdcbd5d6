## Santé : pourquoi hier manque, ce qui concerne une personne

health-yesterday-here = Hier ({ $day }) est là.
health-yesterday-missing = Hier ({ $day }) manque, et { $who } : { $what }
health-yesterday-no-curve = La courbe d’hier ({ $day }) manque, et { $who } : { $what }
health-who-enedis = cela vient d’Enedis
health-who-gateway = cela vient de la passerelle
health-who-consent = cela vient de l’autorisation
health-who-you = c’est à vous d’agir
health-who-releve = cela vient de Relevé
health-next-try = Prochain essai : { $at }.
health-no-next-try = Relevé n’essaie plus tant que cela dure.
health-partial = Enedis n’en a publié qu’une partie.
health-partial-do = Rien à faire : le reste arrive souvent dans les jours suivants.
health-not-published = Enedis ne l’a pas encore publié.
health-not-published-do = Rien à faire : les mesures de la veille arrivent dans la journée, parfois quelques jours plus tard.
health-night = Enedis ferme la nuit, et Relevé ne l’interroge pas à cette heure.
health-night-do = Rien à faire : Relevé demandera dès la réouverture.
health-too-early = Enedis publie la veille dans la matinée, et il est encore tôt.
health-too-early-do = Rien à faire : Relevé demandera à l’heure dite.
health-not-asked = il ne l’a pas encore demandé.
health-not-asked-do = Rien à faire : il est au travail.
health-not-running = personne ne l’a demandé, car « releve run » ne tourne pas.
health-not-running-do = Lancez « releve run » (ou son service), ou « releve sync » pour demander tout de suite.
health-means-wait = Rien n’est perdu : ce qui est gardé le reste, et le jour sera repris dès qu’Enedis le donne.
health-means-consent = Plus rien n’arrive pour ce compteur d’ici là. Ce qui est gardé le reste ; les jours manqués seront repris ensuite, tant qu’Enedis les garde (24 mois de courbe, 36 de totaux).
health-means-stopped = Rien de nouveau n’arrive d’ici là. Ce qui est gardé le reste ; les jours manqués seront repris ensuite, tant qu’Enedis les garde (24 mois de courbe, 36 de totaux).
health-means-curve = Seuls les totaux de chaque jour arrivent. Enedis n’aura jamais la courbe des jours passés avant l’activation.
health-means-never = Ces jours n’existent pas chez Enedis : rien ne manque.

notice-consent-absent = aucune autorisation n’a été donnée pour la source « { $source } ».
notice-consent-absent-means = Relevé ne demande rien à Enedis d’ici là.
notice-consent-absent-do = Lancez « releve consent » et suivez le lien.
notice-consent-waiting = une autorisation attend d’être donnée pour la source « { $source } », avec le code { $code }, jusqu’au { $until }.
notice-consent-waiting-means = Relevé ne demande rien à Enedis d’ici là.
notice-consent-waiting-do = Ouvrez { $link }, connectez-vous à Enedis et vérifiez que le code affiché est { $code }.
notice-code-lapsed = le code de l’autorisation de la source « { $source } » a expiré avant que quelqu’un s’en serve.
notice-code-lapsed-means = Relevé ne demande rien à Enedis, et n’ouvre pas de nouveau code de lui-même.
notice-code-lapsed-do = Lancez « releve consent » : un nouveau code est donné.
notice-consent-refused = l’autorisation de la source « { $source } » a été refusée sur la page d’Enedis.
notice-consent-refused-means = Plus rien n’arrive pour ce compteur. Ce qui est gardé le reste.
notice-consent-refused-do = Si c’était une erreur, lancez « releve consent » et acceptez.
notice-consent-revoked = l’autorisation de la source « { $source } » a été retirée.
notice-consent-revoked-means = Plus rien n’arrive pour ce compteur. Ce qui est gardé le reste ; les jours manqués seront repris après une nouvelle autorisation, tant qu’Enedis les garde.
notice-consent-revoked-do = Lancez « releve consent » pour en donner une nouvelle. Vos autorisations se voient dans votre compte Enedis, page « Gérer l’accès à mes données ».
notice-consent-ending = l’autorisation de la source « { $source } » prend fin le { $until }.
notice-consent-ending-means = Après ce jour, plus rien n’arrivera pour ce compteur.
notice-consent-ending-do = Lancez « releve consent renew » avant cette date : rien ne sera interrompu.
notice-consent-ended = l’autorisation de la source « { $source } » a pris fin le { $until }.
notice-consent-ended-means = Plus rien n’arrive pour ce compteur. Ce qui est gardé le reste ; les jours manqués seront repris après une nouvelle autorisation, tant qu’Enedis les garde.
notice-consent-ended-do = Lancez « releve consent renew » pour en donner une nouvelle.
notice-portal-login = le compte Enedis de la source « { $source } » refuse l’adresse ou le mot de passe.
notice-portal-login-means = Rien n’est demandé par ce compte d’ici là, pour ne pas le bloquer.
notice-portal-login-do = Vérifiez-les en vous connectant au site d’Enedis, puis lancez « releve account add ».
notice-portal-captcha = le compte Enedis de la source « { $source } » demande de prouver que vous n’êtes pas un robot.
notice-portal-captcha-means = Rien n’est demandé par ce compte d’ici là : aucun programme ne répond à cette question.
notice-portal-captcha-do = Lancez « releve account add --browser » sur un ordinateur et répondez une fois ; le témoin obtenu sert ensuite à ce boîtier.
notice-portal-terms = le compte Enedis de la source « { $source } » attend que vous acceptiez ses conditions d’utilisation.
notice-portal-terms-means = Enedis ne donne rien par ce compte d’ici là.
notice-portal-terms-do = Connectez-vous au site d’Enedis, acceptez-les, puis lancez « releve account test ».
notice-portal-cookie = le compte Enedis de la source « { $source } » ne reconnaît plus le témoin de connexion : il a expiré.
notice-portal-cookie-means = Rien n’est demandé par ce compte d’ici là.
notice-portal-cookie-do = Lancez « releve account add --browser », ou copiez de nouveau le témoin depuis votre navigateur.
notice-portal-changed = la page du compte Enedis de la source « { $source } » a changé ({ $detail }).
notice-portal-changed-means = Rien n’arrive par ce compte avant une mise à jour de Relevé ; Enedis change cette page environ une fois par an.
notice-portal-changed-do = Mettez Relevé à jour. En attendant, une autre source ou un fichier téléchargé conviennent.
notice-new-meter = ce compteur est nouveau, et Enedis n’a encore rien publié de lui.
notice-new-meter-means = Rien n’est perdu : son histoire commence à sa mise en service.
notice-new-meter-do = Attendez deux ou trois jours. Puis vérifiez, dans votre compte Enedis, page « Gérer l’accès à mes données », que « collecte » et « enregistrement » sont cochés.
notice-wrong-clock = l’horloge de cette machine est probablement fausse : le certificat des sources n’est pas valable à cette heure.
notice-wrong-clock-ahead = l’horloge de cette machine est en avance de { $detail }.
notice-wrong-clock-behind = l’horloge de cette machine est en retard de { $detail }.
notice-wrong-clock-means = Les demandes partent pour de mauvais jours et à de mauvaises heures. Ce qui est gardé reste juste : ses dates sont celles d’Enedis.
notice-wrong-clock-do = Réglez l’horloge (« timedatectl set-ntp true » sous systemd), puis relancez Relevé.
notice-destination-lacks = il manque à la destination « { $source } » : { $detail }.
notice-destination-lacks-means = Les jours concernés attendent ; ils partiront tous dès que la valeur est connue. Les autres destinations ne sont pas touchées.
notice-destination-lacks-do = Donnez cette valeur dans la configuration, ou attendez qu’Enedis la publie ; « releve check » dit ce qui est compris.

doctor-title = Examen du { $now }
doctor-advice = Conseil
doctor-all-well = Tout va bien : rien à faire.
doctor-megabytes = { $size } Mo
doctor-gigabytes = { $size } Go
doctor-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
    }
doctor-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
    }
doctor-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
    }
doctor-part-configuration = Configuration
doctor-part-folder = Dossier
doctor-part-disk = Place
doctor-part-database = Base
doctor-part-clock = Horloge
doctor-part-name = Nom (DNS)
doctor-part-tls = Connexion (TLS)
doctor-part-source = Source
doctor-part-consent = Autorisation
doctor-part-outputs = Destination
doctor-part-daemon = Service
doctor-part-door = Tableau de bord
doctor-part-yesterday = Hier
doctor-part-log = Journal
doctor-configuration = lue, sans faute : { $path }
doctor-configuration-variables = donnée par des variables d’environnement, sans faute
doctor-configuration-none = il n’y en a pas encore
doctor-configuration-none-do = Lancez « releve init » : quelques questions suffisent.
doctor-configuration-wrong-do = Corrigez la configuration comme indiqué ci-dessus, puis relancez « releve doctor ».
doctor-configuration-warned-do = Corrigez ou retirez la variable d’environnement nommée ci-dessus.
doctor-folder = accessible en écriture : { $path }
doctor-folder-absent = pas encore créé : { $path }
doctor-folder-file = un fichier se trouve à la place du dossier : { $path }
doctor-folder-wrong = on ne peut pas y écrire ({ $cause }) : { $path }
doctor-folder-wrong-do = Donnez ce dossier à l’utilisateur qui lance Relevé (chown), ou un autre dossier avec data_dir.
doctor-folder-open = d’autres utilisateurs de la machine peuvent lire vos relevés : { $path }
doctor-folder-open-do = Lancez : chmod 700 { $path }
doctor-disk = { $size } libres
doctor-disk-low = il ne reste que { $size }
doctor-disk-low-do = Faites de la place sur ce disque : une année d’un foyer prend environ 2 Mo.
doctor-database = saine ({ $size }, schéma { $schema })
doctor-database-absent = pas encore créée
doctor-clock = juste, d’après la date des réponses
doctor-clock-unknown = aucune réponse datée à quoi la comparer
doctor-clock-ahead = elle avance de { $by }
doctor-clock-behind = elle retarde de { $by }
doctor-clock-doubt = sans doute fausse : le certificat de la source n’est pas valable à cette heure
doctor-clock-do = Réglez l’horloge (« timedatectl set-ntp true » sous systemd), puis relancez Relevé : avec une horloge fausse, les demandes partent pour de mauvais jours. Ce qui est gardé reste juste.
doctor-name = { $host } est connu
doctor-name-none = { $host } est introuvable ({ $cause })
doctor-name-none-do = Vérifiez l’accès de cette machine à Internet et son serveur de noms (DNS), puis l’adresse { $host } dans la configuration ({ $cause }).
doctor-tls = { $host } répond, son certificat est bon
doctor-tls-none = { $host } répond, sans chiffrement
doctor-tls-connect = aucune connexion avec { $host } ({ $cause })
doctor-tls-connect-do = Vérifiez l’accès à Internet et le pare-feu ; si { $host } est en panne ({ $cause }), Relevé réessaiera de lui-même.
doctor-tls-time = le certificat de { $host } n’est pas valable à cette heure
doctor-tls-time-do = Vérifiez d’abord l’horloge de cette machine ; si elle est juste, { $host } doit renouveler son certificat.
doctor-tls-wrong = le certificat de { $host } est refusé ({ $cause })
doctor-tls-wrong-do = Un antivirus, un mandataire ou un portail d’hôtel se met peut-être entre { $host } et vous ({ $cause }) ; sur un système ancien, mettez à jour les certificats (paquet ca-certificates).
doctor-source = { $host } répond aux demandes
doctor-source-outage = { $host } est en panne (HTTP { $said })
doctor-source-outage-do = Rien à faire : { $host } est en panne (HTTP { $said }) et Relevé réessaiera. Rien de ce qui est gardé n’est perdu.
doctor-source-redirected = { $host } renvoie vers un autre serveur ({ $said }), et Relevé n’y va pas
doctor-source-redirected-do = Votre jeton n’a pas été envoyé à { $said }. Si { $host } a vraiment déménagé, changez base_url dans la configuration.
doctor-source-too-large = la réponse de { $host } est beaucoup trop grande
doctor-source-too-large-do = Ce n’est pas le serveur attendu : vérifiez que base_url mène bien à { $host }.
doctor-source-silent = { $host } ne répond pas ({ $said })
doctor-source-silent-do = Rien à faire si cela passe : Relevé réessaiera. Sinon vérifiez l’accès à Internet et l’adresse { $host } ({ $said }).
doctor-consent = rien à redire ; dernière réponse le { $at }
doctor-consent-unknown = aucune réponse encore
doctor-daemon = releve { $command } est au travail (processus { $pid })
doctor-daemon-none = « releve run » ne tourne pas : rien n’est demandé automatiquement
doctor-daemon-none-do = Lancez « releve run », ou son service : systemctl enable --now releve.
doctor-door-off = non servi : enabled = false
doctor-door = sur { $listen } ; y entre { $who }
doctor-door-who-machine = quiconque est devant cette machine
doctor-door-who-owner = qui connaît le mot de passe
doctor-door-who-viewer = qui connaît le mot de passe de lecture
doctor-door-who-proxy = qui { $nets } nomme dans { $header }
doctor-door-who-ingress = qui Home Assistant a laissé entrer
doctor-door-wide = chaque machine de { $net } peut dire qui est son utilisateur
doctor-door-wide-do = Dans trusted_proxies, nommez la seule adresse du serveur mandataire, non { $net }.
doctor-door-answers = Relevé répond sur { $listen }
doctor-door-free = personne n’écoute sur { $listen } à présent
doctor-door-silent = Relevé est au travail, mais personne ne répond sur { $listen }
doctor-door-silent-do = Relancez Relevé si [dashboard] a changé depuis ; sinon son journal dit pourquoi il n’écoute pas sur { $listen }.
doctor-door-taken = un autre programme écoute sur { $listen }
doctor-door-taken-do = Arrêtez l’autre programme, ou choisissez une autre adresse que { $listen } par listen, sous [dashboard].
doctor-door-wrong = Relevé ne peut pas écouter sur { $listen } ({ $cause })
doctor-door-wrong-do = Sous [dashboard], choisissez par listen une adresse de cette machine et un port à partir de 1024, non { $listen } ({ $cause }).
doctor-log = « releve run » écrit dans { $path }
config-notify-server = ce n’est pas le nom d’un serveur
config-notify-server-do = Écrivez par exemple : server = "smtp.example.fr"
config-notify-security = sans chiffrement, le courriel ne peut passer que par cette machine
config-notify-security-do = Choisissez "tls" ou "starttls".
config-notify-address = « { $text } » n’est pas une adresse de courriel
config-notify-address-do = Écrivez par exemple "anne@example.fr".
config-notify-nobody = personne n’est nommé dans « to »
config-notify-nobody-do = Ajoutez : to = ["anne@example.fr"]
config-notify-login = user et le mot de passe vont ensemble
config-notify-login-do = Donnez user et password_file, ou aucun des deux.
config-notify-twice = ce secret est donné deux fois
config-notify-twice-do = Gardez la clé ou son fichier, pas les deux.
config-notify-empty = ce secret est vide ou contient un caractère de contrôle
config-notify-no-url = l’adresse du webhook manque
config-notify-no-url-do = Ajoutez url_file = "/chemin/du/fichier", dont l’adresse est le seul contenu.
config-notify-url = ce n’est pas une adresse web
config-notify-url-do = Une adresse ressemble à : https://ntfy.example.fr/mon-sujet
config-notify-https = cette adresse n’est pas chiffrée
config-notify-https-do = Écrivez https:// ; http:// n’est permis que vers cette machine.
run-log = Journal : { $path }
run-no-log = Le journal ne peut pas être écrit dans { $path } ({ $cause }) ; il ne va que sur la sortie d’erreur.
cli-report = Écrit un rapport sans secret, à joindre à un signalement
cli-report-file = Le fichier à écrire
cli-report-examples =
    Exemples :
      releve report
      releve report /tmp/rapport.txt
cli-notify = Essaie les messages par courriel et par webhook
cli-notify-test = Envoyer un message d’essai par chaque voie configurée
cli-notify-examples =
    Exemple :
      releve notify test
report-done = Rapport écrit : { $path }
report-send = Relisez-le, puis joignez-le à un signalement dans le dépôt de Relevé (onglet « Issues »). Les secrets et les jetons y sont retirés, le milieu des points de livraison masqué.
error-report-exists-do = Choisissez un autre nom.
error-report-exists = { $path } existe déjà ; rien n’a été écrit
notify-nobody = aucune notification n’est configurée : il n’y a personne à prévenir
notify-nobody-do = Ajoutez [notifications.mail] ou [notifications.webhook] (voir releve.example.toml).
notify-sent = Message d’essai envoyé : { $way }
notify-failed = Le message par { $way } n’est pas parti : { $cause }
notify-failed-do = Vérifiez le serveur, le port, le nom et le mot de passe dans la configuration.
notify-test = message d’essai
notify-test-text = Ceci est un essai : les messages de Relevé vous parviennent.
notify-late = des données sont en retard
notify-late-text = { $name } : { $days ->
    [one] { $days } jour manque
   *[other] { $days } jours manquent
    } ; le dernier jour gardé est le { $last }.
notify-consent-ending = une autorisation va prendre fin
notify-consent = une autorisation manque
notify-account = le compte client Enedis demande votre intervention
notify-power = la puissance souscrite a été dépassée
notify-power-text = { $name } : le { $day } à { $at }, la puissance a atteint { $power }, pour { $subscribed } souscrits.
notify-red = demain est un jour rouge
notify-red-text = { $day } est un jour Tempo rouge, de 6 h ce jour-là à 6 h le lendemain.
notice-file-left = le dossier de la source « { $source } » contient des fichiers qui ne peuvent pas être lus : { $detail }.
notice-file-left-means = Rien de ces fichiers n’est enregistré ; ils restent à leur place.
notice-file-left-do = « releve import FICHIER » dit pourquoi. Corrigez le fichier, ou retirez-le du dossier.
notice-sources-differ = deux sources ne disent pas la même chose : { $detail }.
notice-sources-differ-means = La plus sûre des deux est retenue ; ce qu’elle remplace reste dans l’historique des corrections.
notice-sources-differ-do = Comparez ce jour avec votre compte Enedis, et changez l’ordre de « sources » si l’autre a raison.
