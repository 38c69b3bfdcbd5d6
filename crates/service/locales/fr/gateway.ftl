## Passerelle de consentement

### Cadre des pages
gateway-skip = Aller au contenu
gateway-other-language = English
gateway-foot-manage = Gérer ou retirer mon accord
gateway-foot-notice = Vos données
gateway-foot-independent = Service indépendant d’Enedis et des fournisseurs d’électricité.
gateway-steps = Étapes
gateway-step-code = Votre code
gateway-step-choice = Votre choix
gateway-step-enedis = Chez Enedis
gateway-nobody = **Personne** — ni Enedis, ni un dépanneur, ni un fournisseur — ne doit vous demander de saisir un code à sa place. Si quelqu’un vous a envoyé ce lien, refusez.
gateway-fault-mark = Erreur :
gateway-fault-summary = **Il manque quelque chose.** Voyez ci-dessous ce qui est à compléter.

### Accueil
gateway-home-title = Reliez votre boîtier à votre compteur
gateway-home-lead = Votre boîtier domotique peut lire les mesures de votre compteur communicant, si vous le voulez et tant que vous le voulez.
gateway-home-first = Votre boîtier affiche un code.
gateway-home-second = Vous saisissez ce code ici et choisissez les données à transmettre.
gateway-home-third = Vous donnez — ou non — votre accord dans votre espace Enedis.
gateway-act-code = Saisir un code
gateway-act-manage = Gérer mon accord
gateway-act-retry = Recommencer
gateway-act-look-again = Voir où en est ma demande
gateway-act-home = Revenir à l’accueil

### Saisie du code
gateway-code-title = Saisissez le code de votre boîtier
gateway-code-lead = Votre boîtier domotique affiche un code de huit lettres.
gateway-code-label = Code
gateway-code-hint = Huit lettres, par exemple WDJB-MJHT. Minuscules, tirets et espaces n’ont pas d’importance.
gateway-code-go = Continuer
gateway-code-empty = Aucun code n’a été saisi. Recopiez les huit lettres affichées par votre boîtier.
gateway-code-malformed = Ce code n’a pas la bonne forme. Il compte huit lettres, sans voyelle ni chiffre.
gateway-code-unknown = Aucune demande ne correspond à ce code. Vérifiez chaque lettre sur votre boîtier.
gateway-code-elsewhere = **Cette demande vient d’une autre connexion internet que la vôtre.** C’est normal avec un téléphone en 4G ou 5G. Sinon, quelqu’un essaie peut-être d’obtenir vos données : ne continuez pas. Pour continuer, saisissez vous-même le code affiché par votre boîtier.

### Accord
gateway-consent-title = Votre accord
gateway-consent-intro = **{ $app }** ({ $publisher }) vous demande d’accéder aux données de votre compteur communicant. Enedis gère le réseau d’électricité jusqu’au compteur ; vous allez être dirigé vers votre espace Enedis, où vous donnerez — ou non — votre accord.
gateway-consent-code = Code affiché par votre boîtier
gateway-consent-origin-here = Demande lancée à { $time }, depuis la même connexion internet que vous.
gateway-consent-origin-elsewhere = Demande lancée à { $time }, depuis une autre connexion internet ({ $place }).
gateway-consent-elsewhere = **Attention : votre boîtier et vous n’utilisez pas la même connexion internet.** C’est normal avec un téléphone en 4G ou 5G. Sinon, refusez.
gateway-consent-seen = Je vois ce même code sur mon propre boîtier, et c’est moi qui ai lancé cette demande à { $time }.
gateway-consent-scopes = Les données que vous acceptez de transmettre
gateway-consent-scopes-hint = Rien n’est coché d’avance. Chaque case est un choix séparé.
gateway-scope-daily = Totaux par jour
gateway-scope-daily-text = L’énergie consommée chaque jour, en une seule valeur.
gateway-scope-curve = Courbe demi-horaire
gateway-scope-curve-text = La puissance de chaque demi-heure. Elle peut révéler vos heures de présence, de lever et de coucher.
gateway-scope-max-power = Puissance maximale par jour
gateway-scope-max-power-text = La plus forte puissance de chaque jour et son heure.
gateway-scope-production = Production
gateway-scope-production-text = S’ajoute aux choix ci-dessus : les mêmes données pour l’électricité que vous injectez sur le réseau, si vous en produisez.
gateway-consent-terms = Ce à quoi nous nous engageons
gateway-terms-duration = Durée
gateway-terms-duration-text = **{ $duration }**, jusqu’au { $date }
gateway-terms-duration-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
gateway-terms-duration-months = { $count } mois
gateway-terms-duration-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
gateway-terms-purpose = Finalité
gateway-terms-purpose-text = Transmettre ces données à votre boîtier, rien d’autre ; ni revente, ni publicité.
gateway-terms-retention = Conservation chez nous
gateway-terms-retention-text = Aucune : vos mesures traversent nos serveurs par des liaisons chiffrées et n’y sont pas gardées.
gateway-terms-controller = Responsable
gateway-terms-rights = Vos droits
gateway-terms-rights-text = Accès, export, effacement et retrait à tout moment ici :
gateway-manage-link = gérer mon accord
gateway-terms-rights-enedis = , ou dans votre espace Enedis (« Partage de mes données »).
gateway-terms-complaint = Réclamation
gateway-consent-accept = J’accède à mon espace Enedis
gateway-consent-refuse = Refuser
gateway-consent-leaving = Le premier bouton vous conduit sur le site d’Enedis. Rien n’est transmis tant que vous n’y avez pas confirmé.
gateway-fault-not-seen = Cochez cette case si vous voyez ce code sur votre boîtier. Sinon, refusez.
gateway-fault-nothing-chosen = Cochez au moins une sorte de données, ou refusez. La production s’ajoute aux autres cases et ne suffit pas seule.
gateway-fault-text-changed = La page a changé depuis son affichage. Relisez-la avant de continuer.
gateway-time = { $hour } h { $minute }

### Fins
gateway-end-in-progress = Votre demande est en cours
gateway-end-in-progress-text = Enedis nous a bien renvoyé votre réponse. Nous vérifions auprès d’Enedis que l’accord est enregistré : cela prend en général moins d’une minute.
gateway-end-in-progress-next = Vous pouvez fermer cette page : votre boîtier recevra la réponse de lui-même.
gateway-end-approved = Votre accord est enregistré
gateway-end-approved-text = Votre boîtier reçoit maintenant son accès, de lui-même. Vous pouvez fermer cette page.
gateway-end-approved-next = Vous pouvez revoir ou retirer cet accord à tout moment, ici ou dans votre espace Enedis.
gateway-end-refused = Vous n’avez pas donné votre accord
gateway-end-refused-text = Rien n’a été transmis. Votre boîtier sait que vous avez refusé.
gateway-end-refused-next = Si vous changez d’avis, lancez une nouvelle demande depuis votre boîtier.
gateway-end-at-enedis = Votre réponse est attendue chez Enedis
gateway-end-at-enedis-text = Donnez — ou non — votre accord dans votre espace Enedis : vous reviendrez ici ensuite.
gateway-end-at-enedis-next = Si vous avez fermé la page d’Enedis, saisissez à nouveau le code de votre boîtier.
gateway-end-not-yours = Nous ne pouvons pas relier cet accord à votre demande
gateway-end-not-yours-text = Enedis nous a parlé d’un accord qui n’est pas celui que vous venez de donner. Par sécurité, rien n’a été transmis.
gateway-end-not-yours-next = Recommencez avec un nouveau code. Si cela se reproduit, écrivez-nous.
gateway-end-unproved = Nous n’avons pas pu vérifier que ce compteur est le vôtre
gateway-end-unproved-text = Les réponses données ne correspondent pas. Rien n’a été transmis.
gateway-end-unproved-next = Recommencez demain avec un nouveau code, ou écrivez-nous.
gateway-end-empty = Cet accord ne permet de lire aucune donnée
gateway-end-empty-text = L’accord donné chez Enedis ne porte sur aucune des données demandées. Rien n’a été transmis.
gateway-end-empty-next = Recommencez et, dans votre espace Enedis, acceptez les données que vous avez choisies ici.
gateway-curve-late = Si la courbe n’arrive pas, votre compteur ne l’enregistre peut-être pas encore.
gateway-curve-link = Comment l’activer
gateway-manage-ended = Cet accord n’est plus en vigueur : votre boîtier ne reçoit plus rien.
gateway-end-code-expired = Ce code a expiré
gateway-end-code-expired-text = Un code ne vaut que quelques minutes, pour votre sécurité.
gateway-end-code-expired-next = Demandez-en un nouveau à votre boîtier : relancez la demande d’accord dans ses réglages. Le nouveau code s’affichera au même endroit.
gateway-end-code-used = Ce code a déjà servi
gateway-end-code-used-text = La demande qui portait ce code est déjà en cours ou terminée. Un code ne sert qu’une fois.
gateway-end-code-used-next = Si votre boîtier attend toujours, demandez-lui un nouveau code.
gateway-end-too-many = Trop de codes inconnus
gateway-end-too-many-text = Plusieurs codes inconnus ont été saisis depuis votre connexion. Par sécurité, patientez dix minutes.
gateway-end-too-many-next = Votre demande n’est pas perdue tant que votre boîtier affiche son code.
gateway-end-enedis-unavailable = Enedis ne répond pas
gateway-end-enedis-unavailable-text = Le service d’Enedis est indisponible pour le moment. Ce n’est ni votre boîtier ni votre compteur.
gateway-end-enedis-unavailable-next = Réessayez dans quelques heures. Si le code de votre boîtier a expiré d’ici là, il en affichera un nouveau.
gateway-end-not-recorded = Enedis n’a pas enregistré votre accord
gateway-end-not-recorded-text = Enedis ne trouve pas, ou pas encore, l’accord que vous venez de donner. Rien n’a été transmis.
gateway-end-not-recorded-next = Regardez dans votre espace Enedis, sous « Partage de mes données ». Si l’accord n’y figure pas, lancez une nouvelle demande depuis votre boîtier.
gateway-end-curve-off = Activer l’enregistrement de la courbe
gateway-end-curve-off-text = Un compteur n’enregistre la courbe demi-horaire que si vous l’avez demandé à Enedis. Les totaux par jour arrivent sans cela.
gateway-end-curve-off-next = Dans votre espace Enedis, ouvrez « Gérer l’accès à mes données » et activez l’enregistrement de la consommation horaire. Les premières valeurs arrivent le lendemain ; le passé ne peut pas être retrouvé.
gateway-end-other-browser = Ouvrez cette page dans le navigateur de départ
gateway-end-other-browser-text = Cette demande a été commencée dans un autre navigateur, ou vos cookies ont été effacés. Par sécurité, la réponse d’Enedis n’est acceptée que là où la demande a commencé.
gateway-end-other-browser-next = Revenez dans le navigateur de départ : la demande y est toujours ouverte. Sinon, recommencez avec un nouveau code.
gateway-end-unknown-return = Nous ne reconnaissons pas cette réponse
gateway-end-unknown-return-text = Cette adresse ne correspond à aucune demande en cours. Elle est peut-être trop ancienne ou incomplète.
gateway-end-unknown-return-next = Aucune donnée n’a été transmise. Vous pouvez recommencer avec le code affiché par votre boîtier.
gateway-end-other-answer = Cette demande a déjà reçu une autre réponse
gateway-end-other-answer-text = Une demande n’accepte qu’une seule réponse d’Enedis. Celle-ci est différente de la première et n’a pas été prise en compte.
gateway-end-other-answer-next = La première réponse reste valable.
gateway-end-broken-return = Enedis a rencontré une erreur
gateway-end-broken-return-text = Enedis vous a renvoyé ici avec un message d’erreur au lieu d’une réponse. L’erreur est de son côté.
gateway-end-broken-return-next = Attendez quelques minutes, puis recommencez avec le code affiché par votre boîtier.
gateway-end-late = Votre réponse est arrivée trop tard
gateway-end-late-text = La demande a expiré avant votre retour d’Enedis. L’accord que vous y avez donné existe peut-être, mais il n’est relié à aucun boîtier.
gateway-end-late-next = Lancez une nouvelle demande depuis votre boîtier : elle remplacera l’accord précédent.
gateway-end-stale-form = Cette page a expiré
gateway-end-stale-form-text = Le formulaire ne vient pas de ce navigateur, ou il est trop ancien. Rien n’a été changé.
gateway-end-stale-form-next = Rouvrez la page depuis le début. Si vous êtes arrivé ici par un lien reçu, fermez cette page.
gateway-end-withdrawn = Votre accord est retiré
gateway-end-withdrawn-text = L’accès de votre boîtier est coupé dès maintenant.
gateway-end-withdrawn-next = Pour que l’accord disparaisse aussi chez Enedis, ouvrez votre espace Enedis, « Partage de mes données », et retirez-le : vous seul pouvez le faire.
gateway-end-not-found = Cette page n’existe pas
gateway-end-not-found-text = L’adresse est peut-être incomplète.
gateway-end-trouble = Un problème de notre côté
gateway-end-trouble-text = La passerelle ne peut pas répondre en ce moment. Votre accord et votre demande ne sont pas perdus.
gateway-end-trouble-next = Réessayez dans quelques minutes.
gateway-fact-app = Application
gateway-fact-meter = Compteur
gateway-fact-data = Données
gateway-fact-until = Jusqu’au
gateway-fact-contact = Contact

### Compteur déjà relié
gateway-challenge-title = Ce compteur est déjà relié
gateway-challenge-lead = Un accord existe déjà pour ce compteur. Pour protéger son titulaire, montrez que c’est bien vous.
gateway-challenge-wrong = Cela ne correspond pas. Essais restants aujourd’hui : { $left }.
gateway-key-label = Clé de votre boîtier
gateway-challenge-days = Avec votre consommation de deux jours
gateway-challenge-days-hint = Lisez ces deux valeurs dans votre espace Enedis, en kWh.
gateway-challenge-point = Parmi vos compteurs, il s’agit de { $point }.
gateway-challenge-day = Consommation du { $date }, en kWh
gateway-challenge-days-go = Vérifier les valeurs
gateway-challenge-left = Essais restants aujourd’hui : { $left }.
gateway-challenge-operator = Avec nous
gateway-challenge-operator-text = Si rien de cela n’est possible, écrivez-nous : { $controller }.

### Gérer
gateway-manage-title = Gérer ou retirer mon accord
gateway-manage-lead = Retrouvez votre accord avec la clé de votre boîtier. Nous ne demandons ni compte ni adresse.
gateway-manage-key-hint = Elle commence par lgr_ et s’affiche dans les réglages de votre boîtier. Dans le navigateur qui a donné l’accord, elle n’est pas nécessaire.
gateway-manage-unknown = Aucun accord ne correspond à cette clé.
gateway-manage-go = Voir mon accord
gateway-manage-enedis = Vous n’avez plus de clé ?
gateway-manage-enedis-text = Retirez votre accord dans votre espace Enedis, « Partage de mes données » : l’accès de votre boîtier s’arrête alors aussi.
gateway-manage-yours = Votre accord
gateway-manage-given = Donné à **{ $app }** le { $date }.
gateway-manage-soon-over = Cet accord se termine le { $date }. Pour continuer ensuite, lancez une nouvelle demande depuis votre boîtier.
gateway-manage-export = Exporter
gateway-manage-export-text = Tout ce que nous gardons de cet accord, dans un fichier.
gateway-manage-export-json = Fichier JSON
gateway-manage-export-csv = Fichier CSV
gateway-manage-withdraw = Retirer
gateway-manage-withdraw-text = L’accès de votre boîtier s’arrête aussitôt et ses données chez nous sont effacées. Il faudra une nouvelle demande pour le rétablir.
gateway-manage-withdraw-go = Retirer mon accord

### Notice
gateway-notice-title = Vos données
gateway-notice-lead = Ce que cette passerelle fait de vos données, et ce qu’elle ne fait pas.
gateway-notice-basis = Base
gateway-notice-basis-text = Votre consentement, que vous pouvez retirer à tout moment. Le retrait ne rend pas illicite ce qui a précédé.
gateway-notice-data = Données
gateway-notice-data-text = Les seules mesures que vous avez cochées. Ni nom, ni adresse, ni contrat. Le numéro de votre compteur est chiffré et votre adresse internet raccourcie.
gateway-notice-proof = La preuve de votre accord est gardée jusqu’à cinq ans après sa fin.
gateway-notice-recipients = Destinataire
gateway-notice-recipients-text = Votre boîtier, et lui seul.
gateway-notice-cookie = Cookie
gateway-notice-cookie-text = Un seul, nécessaire : il relie votre accord au navigateur qui l’a donné. Aucune mesure d’audience.

gateway-quota-shared = Le nombre d’appels qu’Enedis accorde est commun à tous les foyers ; il est épuisé jusqu’à { $time }. Rien n’est perdu.

### Programme
gateway-cli-about = La passerelle de consentement de Relevé
gateway-cli-serve = Sert les pages, le protocole et les données jusqu’à un signal
gateway-cli-plain-http = Accepte HTTP sans chiffrement, sur cette machine seulement
gateway-cli-doctor = Cherche ce qui empêcherait de servir
gateway-cli-config = Le fichier de configuration ; sans cette option { $usual }
gateway-cli-data-dir = Le dossier des clés et de la base SQLite ; sans cette option { $usual }
gateway-cli-value-id = ID
gateway-cli-value-name = NOM
gateway-cli-value-number = NOMBRE
gateway-cli-value-consent = CONSENTEMENT
gateway-cli-value-instant = INSTANT
gateway-cli-client = Les applications qui peuvent demander un accord
gateway-cli-client-add = Inscrit une application
gateway-cli-client-list = Les applications inscrites
gateway-cli-client-limit = Limite les demandes ouvertes d’une application
gateway-cli-client-ban = Écarte une application, aussitôt et partout
gateway-cli-client-lift = L’admet à nouveau
gateway-cli-client-id = Son identifiant (client_id)
gateway-cli-client-name = Le nom que les personnes verront
gateway-cli-client-new-id = Son identifiant, tiré au sort sinon
gateway-cli-client-secret = Lui donne un secret, affiché une seule fois
gateway-cli-client-requests = Demandes ouvertes à la fois
gateway-cli-client-added = Application inscrite : { $id }
gateway-cli-client-its-secret = Son secret, qui ne sera plus affiché : { $secret }
gateway-cli-client-taken = l’identifiant { $id } est déjà inscrit
gateway-cli-client-none = aucune application n’a cet identifiant
gateway-cli-client-changed = C’est fait.
gateway-cli-client-open = admise
gateway-cli-client-banned = écartée
gateway-doctor-good = bon
gateway-doctor-doubtful = à voir
gateway-doctor-bad = mauvais
gateway-doctor-url = Adresse publique
gateway-doctor-controller = Responsable et application
gateway-doctor-store = Base de données
gateway-doctor-clock = Horloge, écart avec la base
gateway-doctor-clients = Applications admises
gateway-doctor-enedis = Enedis nous répond

## The operator's records
gateway-cli-proof = La preuve d’un consentement, en JSON
gateway-cli-proof-consent = L’identifiant du consentement, tel que le donne breach-list
gateway-cli-proof-not-an-id = ce n’est pas un identifiant de consentement
gateway-cli-proof-none = aucun consentement ne porte cet identifiant
gateway-cli-audit = Le journal d’audit
gateway-cli-audit-verify = Vérifie toute la chaîne du journal
gateway-cli-audit-missing = la chaîne du journal est rompue : la ligne { $row } manque
gateway-cli-audit-changed = la chaîne du journal est rompue : la ligne { $row } a été modifiée
gateway-cli-audit-cut = la chaîne du journal est rompue : elle s’arrête à la ligne { $row }, avant sa fin
gateway-cli-audit-sound =
    La chaîne est intacte : { $rows } lignes scellées, { $waiting } en attente.
    Dernière empreinte, à noter ailleurs : { $hash }
gateway-cli-breach = Les consentements que concerne une violation, une ligne JSON chacun
gateway-cli-breach-from = À partir de cet instant (RFC 3339)
gateway-cli-breach-until = Jusqu’à cet instant (RFC 3339)
gateway-cli-breach-client = Ceux de cette application
gateway-cli-breach-key = Ceux que protège la clé de ce numéro
gateway-cli-breach-token = Ceux du jeton que contient ce fichier
gateway-cli-breach-no-token = le fichier { $file } ne contient ni jeton d’accès ni jeton de renouvellement d’une passerelle
gateway-cli-keys = Les clés
gateway-cli-keys-rotate = Ajoute une clé de chaque sorte, sans interruption
gateway-cli-keys-rotated = Nouvelles clés en place ; les passerelles en marche les adoptent en quelques secondes.

### Configuration de la passerelle
gateway-cli-json = Donne les résultats en JSON (schémas : docs/schema)
gateway-config-file-missing-do = Écrivez-le d’après docs/fr/passerelle.md, ou donnez le bon chemin avec --config.
gateway-config-file-not-a-file-do = Donnez le chemin du fichier lui-même, pas celui de son dossier.
gateway-config-file-unreadable-do = Vérifiez à qui il appartient avec « ls -l », ou lancez la passerelle sous le bon utilisateur.
gateway-config-not-toml-do = Comparez cette ligne avec celles de docs/fr/passerelle.md.
gateway-config-url-do = Une adresse ressemble à : https://releve.example.org
gateway-config-url-https = cette adresse n’est pas chiffrée : codes et jetons y circuleraient en clair
gateway-config-url-https-do = Écrivez https:// ; http:// n’est permis que vers cette machine (localhost, 127.0.0.1, ::1).
gateway-config-socket = ce n’est pas une adresse et un port
gateway-config-socket-do = Écrivez par exemple "0.0.0.0:443", "[::]:443" ou "127.0.0.1:9464".
gateway-config-network = « { $value } » n’est ni une adresse ni un réseau
gateway-config-network-do = Écrivez par exemple "10.0.0.0/8", "fd00::/8" ou "192.0.2.7".
gateway-config-database = ce fichier ne contient pas l’adresse d’un PostgreSQL
gateway-config-database-do = Écrivez-y une ligne comme : postgres://releve@db.example.org/releve
gateway-config-database-mode = ce « sslmode » n’existe pas, ou ne protège de rien
gateway-config-database-mode-do = Choisissez parmi : disable, require, verify-ca, verify-full.
gateway-config-authority = ce fichier ne contient pas le certificat d’une autorité
gateway-config-authority-do = Donnez un fichier PEM, qui commence par « -----BEGIN CERTIFICATE----- ».
gateway-config-database-ca = sans database_url_file, la base est SQLite et n’a pas de certificat
gateway-config-database-ca-do = Supprimez cette ligne, ou ajoutez database_url_file.
gateway-config-chain = { $path } ne contient pas de certificat lisible
gateway-config-chain-do = Donnez la chaîne au format PEM (souvent fullchain.pem), lisible par cet utilisateur.
gateway-config-key = { $path } ne contient pas de clé privée lisible
gateway-config-key-do = Donnez la clé au format PEM (souvent privkey.pem), lisible par cet utilisateur.
gateway-config-pair = { $path } n’est pas la clé de ce certificat
gateway-config-pair-do = Le certificat et sa clé se renouvellent ensemble : prenez les deux du même dossier.
gateway-config-duration = ce n’est pas une période d’un jour à trois ans
gateway-config-duration-do = Écrivez par exemple "P1Y" (un an), "P6M" (six mois) ou "P3Y".
gateway-config-application = Enedis n’admet pas ce nom d’application
gateway-config-application-do = 38 caractères au plus, sans « Enedis » ni « Linky » : le nom enregistré chez Enedis.
gateway-config-empty = ce texte est vide ou contient un caractère de contrôle

### Arrêts du programme
gateway-stop-database = la base de données ne répond pas : { $why }
gateway-stop-contended = la base de données est trop occupée ; réessayez
gateway-stop-corrupt = une ligne de la base n’est pas telle que ce programme l’écrit : { $why }
gateway-stop-keys = les clés ne servent pas : { $why }
gateway-stop-keys-lost = le fichier des clés { $path } manque, et la base contient des consentements que ses clés seules ouvrent : remettez-le depuis votre sauvegarde (sur un nœud de plus : copiez celui du premier)
gateway-stop-keys-damaged = le fichier des clés { $path } est abîmé : remettez-le depuis votre sauvegarde
gateway-stop-keys-open = tout le monde sur cette machine peut lire le fichier des clés { $path } : lancez « chmod 600 { $path } »
gateway-stop-keys-file = le fichier des clés { $path } ne peut être ni lu ni écrit : { $why }
gateway-stop-file = le fichier de la base { $what } ne s’ouvre pas : { $why }
gateway-stop-too-new = la base est de la version { $found } ; ce programme connaît la version { $known } : installez le plus récent
gateway-stop-folder = le dossier { $what } ne peut pas être créé : { $why }
gateway-stop-listen = impossible d’écouter sur { $what } : { $why }
gateway-stop-system = le système refuse : { $why }
gateway-stop-tls = le certificat et sa clé ne servent plus
gateway-stop-plain = ni [tls] ni trusted_proxies dans la configuration ; HTTP sans chiffrement ne sert que cette machine, avec --plain-http
gateway-stop-not-ready-store = la base de données ne répond pas
gateway-stop-not-ready-clock = l’horloge de cette machine et celle de la base diffèrent de plus de 30 secondes
gateway-stop-not-ready-draining = la passerelle est en train de s’arrêter
