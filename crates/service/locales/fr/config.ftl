## Configuration

config-kind-text = du texte
config-kind-integer = un nombre entier
config-kind-float = un nombre à virgule
config-kind-boolean = true ou false
config-kind-date = une date
config-kind-list = une liste
config-kind-table = une section
config-file-missing = ce fichier n’existe pas
config-file-missing-do = Créez-le avec « releve init », ou donnez le bon chemin avec --config.
config-file-not-a-file = ce n’est pas un fichier
config-file-not-a-file-do = Donnez le chemin du fichier releve.toml lui-même, pas celui de son dossier.
config-file-unreadable = ce fichier n’est pas lisible par cet utilisateur
config-file-unreadable-do = Vérifiez à qui il appartient avec « ls -l », ou lancez Relevé sous le bon utilisateur.
config-file-too-large = ce fichier dépasse 1 Mo : ce n’est pas une configuration
config-file-not-text = ce fichier n’est pas du texte en UTF-8
config-file-not-text-do = Enregistrez-le en UTF-8 dans votre éditeur.
config-not-toml = ce n’est pas du TOML valide
config-not-toml-do = Comparez cette ligne avec celles de releve.example.toml.
config-duplicate-key = cette clé est déjà donnée plus haut
config-duplicate-key-do = Gardez une seule des deux lignes.
config-unquoted = ce texte doit être entre guillemets
config-unquoted-do = Écrivez : clé = "texte" (seuls les nombres, true et false s’en passent).
config-backslash = entre guillemets doubles, « \ » commence un caractère spécial
config-backslash-do = Mettez ce texte entre apostrophes : clé = 'texte'
config-key = une clé n’a que des lettres sans accent, des chiffres, « - » et « _ »
config-one-a-line = il y a quelque chose de trop après cette valeur
config-one-a-line-do = Une ligne tient une clé et sa valeur ; ce qui suit doit commencer par #.
config-no-value = il manque « = » ou la valeur de cette clé
config-no-value-do = Écrivez : clé = "texte"
config-unclosed = un guillemet, un crochet ou une accolade n’est pas refermé
config-unknown-key = la clé « { $key } » n’existe pas ici
config-did-you-mean = Vouliez-vous écrire « { $nearest } » ?
config-known-keys = Clés possibles ici : { $known }.
config-missing-key = il manque « { $key } » dans la section « { $table } »
config-missing-key-do = Ajoutez une ligne « { $key } = … » à cette section.
config-missing-at-top = il manque « { $key } »
config-missing-at-top-do = Ajoutez une ligne « { $key } = … » avant la première section.
config-missing-section = il manque la section « { $key } »
config-missing-section-do = Ajoutez-la : une ligne [{ $key }], et ses clés au-dessous.
config-wrong-kind = « { $key } » attend { $expected }, pas { $found }
config-wrong-kind-quote = Mettez la valeur entre guillemets : { $key } = "…"
config-wrong-kind-unquote = Écrivez la valeur sans guillemets.
config-wrong-kind-double = Il peut y en avoir plusieurs : écrivez [[{ $key }]], avec des crochets doubles.
config-wrong-kind-single = Il n’y en a qu’une : écrivez [{ $key }], avec des crochets simples.
config-choice = « { $key } » ne peut pas valoir « { $value } »
config-choice-do = Choisissez parmi : { $choices }.
config-out-of-range = « { $key } » doit être compris entre { $min } et { $max }
config-env-unknown = cette variable d’environnement ne correspond à aucun réglage ; elle est ignorée
config-env-not-text = la valeur de cette variable d’environnement n’est pas du texte en UTF-8
config-prm-length = un point de livraison (PRM) a 14 chiffres ; celui-ci en a { $found }
config-prm-length-do = Le numéro figure sur votre facture, ou sur le compteur : touche « + » jusqu’à « NUMERO DE PRM ».
config-prm-digit = un point de livraison (PRM) n’a que des chiffres ; celui-ci contient « { $found } »
config-prm-digit-do = Le numéro figure sur votre facture, ou sur le compteur : touche « + » jusqu’à « NUMERO DE PRM ».
config-prm-twice = le point de livraison { $prm } est donné deux fois
config-prm-twice-do = Supprimez une des deux sections [[usage_points]].
config-name = un nom a entre 1 et 60 caractères, sans caractère de contrôle
config-data-dir = ce chemin est vide
config-no-home = aucun dossier pour les données : ni HOME ni XDG_DATA_HOME n’est défini
config-no-home-do = Ajoutez une ligne data_dir = "/var/lib/releve" à la configuration, ou donnez --data-dir.
config-source-name = le nom de source « { $name } » n’est pas valable
config-source-name-do = Prenez des lettres minuscules sans accent, des chiffres, « - » et « _ », 40 au plus.
config-url = ce n’est pas une adresse web
config-url-do = Une adresse ressemble à : https://gw.ext.prod.api.enedis.fr
config-url-https = cette adresse n’est pas chiffrée : votre secret y circulerait en clair
config-url-https-do = Écrivez https:// ; http:// n’est permis que vers cette machine (localhost, 127.0.0.1, ::1), ou dans votre propre réseau avec allow_http = true.
config-url-parts = cette adresse ne doit contenir ni identifiant, ni mot de passe, ni « ? », ni « # »
config-url-parts-do = Gardez le début : https://, l’hôte et, s’il le faut, le port et le chemin.
config-client-id = cet identifiant est vide ou contient un caractère impossible
config-client-id-do = Recopiez l’identifiant (« client id ») de votre application, sur le site DataHub d’Enedis.
config-secret-missing = il manque le secret de la source « { $source } »
config-secret-missing-do = Ajoutez client_secret_file = "/chemin/du/fichier", ou définissez { $variable }.
config-secret-twice = le secret de la source « { $source } » est donné deux fois
config-secret-twice-do = Gardez client_secret ou client_secret_file, pas les deux.
config-secret-empty = ce secret est vide ou contient un caractère de contrôle
config-secret-empty-do = Recopiez le secret (« client secret ») de votre application, sur le site DataHub d’Enedis.
config-secret-exposed = ce fichier contient un secret et tout le monde sur la machine peut le lire
config-secret-exposed-do = Lancez : chmod 600 { $path }
config-secret-file-missing = le fichier de secret { $path } n’existe pas
config-secret-file-missing-do = Créez-le avec le secret pour seul contenu, ou corrigez le chemin (relatif : compté depuis le dossier de la configuration).
config-secret-file-not-a-file = { $path } est un dossier ou un périphérique, pas un fichier
config-secret-file-not-a-file-do = Donnez le chemin d’un fichier dont le secret est le seul contenu. Avec Docker, un dossier apparaît ici quand le fichier monté n’existait pas.
config-secret-file-unreadable = le fichier de secret { $path } n’est pas lisible par cet utilisateur
config-secret-file-unreadable-do = Donnez-le à l’utilisateur qui lance Relevé : chown UTILISATEUR { $path }
config-secret-file-open = tout le monde sur la machine peut lire le fichier de secret { $path }
config-secret-file-open-do = Lancez : chmod 600 { $path } (conteneur : donnez au secret le mode 0400).
config-secret-file-empty = le fichier de secret { $path } est vide
config-secret-file-empty-do = Écrivez-y le secret, sur une seule ligne.
config-secret-file-not-a-line = le fichier de secret { $path } n’est pas une ligne de texte
config-secret-file-not-a-line-do = Il ne doit contenir que le secret, sur une seule ligne, en UTF-8.
config-token-missing = la source « { $source } » n’a pas de jeton pour tous ses points de livraison
config-token-missing-do = Ajoutez token_file = "/chemin/du/fichier" à cette section ou à celle de chaque point, ou définissez { $variable }. Le jeton s’obtient sur le site de la passerelle.
config-token-twice = le jeton de « { $source } » est donné deux fois
config-token-twice-do = Gardez token ou token_file, pas les deux.
config-token-empty = ce jeton est vide ou contient un caractère de contrôle
config-token-empty-do = Recopiez-le depuis le site de la passerelle, sur une seule ligne.
config-token-idle = ce point de livraison a un jeton, mais la source « { $source } » n’en demande pas
config-token-idle-do = Retirez le jeton, ou nommez une passerelle : source = "…".
config-source-unknown = aucune source ne s’appelle « { $source } »
config-source-unknown-do = Donnez le nom d’une section [sources.…], ou retirez cette ligne : la première source est alors interrogée.
config-pacing = le rythme des appels ne peut être libre que vers cette machine
config-pacing-do = Supprimez pacing = false : Enedis n’admet que 5 appels par seconde.
config-every = « { $value } » n’est pas une durée
config-every-do = Écrivez par exemple "30min", "1h" ou "1h 30min".
config-every-range = cette durée doit être comprise entre 1 minute et 24 heures
config-first-try = « { $value } » n’est pas une heure entre 04:00 et 13:00
config-first-try-do = Écrivez par exemple "09:30".
config-again = il y a au plus six nouvelles tentatives
config-again-do = Écrivez par exemple [1, 2, 4] : des heures entre une tentative et la suivante.
config-hours = « { $value } » ne donne pas au moins quatre heures d’une même journée
config-hours-do = Écrivez par exemple "08:00-22:00" ; "00:00-24:00" ne ferme jamais.
config-collect-empty = il n’y a rien à collecter de ce point de livraison
config-collect-empty-do = Citez au moins un de "curve", "daily", "maximum", "index", "production", ou supprimez la ligne pour tout collecter.
config-sources-twice = « source » et « sources » sont donnés tous les deux
config-sources-twice-do = Gardez « sources », la plus sûre en premier, ou « source » s’il n’y en a qu’une.
config-source-repeated = la source « { $source } » est donnée deux fois
config-source-repeated-do = Retirez la seconde.
