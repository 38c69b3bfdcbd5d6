## Jeedom

cli-value-name = NOM
cli-value-number = NOMBRE
cli-jeedom = Crée, remplit, compare ou masque l’équipement de Jeedom
cli-jeedom-examples =
    Exemples :
      releve jeedom setup
      releve jeedom push --dry-run
      releve jeedom verify
cli-jeedom-setup = Crée l’équipement et ses commandes, ou ce qui en manque
cli-jeedom-name = Nom de l’équipement dans Jeedom ; sinon, « Linky » et le nom du point
cli-jeedom-adopt = Examine un équipement du plugin Enedis, pour le remplir à sa place
cli-jeedom-equipment = Le numéro de l’équipement (son « ID » dans Jeedom)
cli-jeedom-keep = Met « Mode de lissage » à « Aucun » sur ses commandes
cli-jeedom-push = Envoie ce qui manque ou diffère, du plus ancien au plus récent
cli-jeedom-push-examples =
    Exemples :
      releve jeedom push --curve-days 7
      releve jeedom push --everything --quiet-import
cli-jeedom-days = Jours de demi-heures à envoyer
cli-jeedom-everything = Envoie tout ce qui est gardé, si ancien soit-il
cli-jeedom-quiet = N’envoie rien tant qu’un scénario est déclenché par ces commandes
cli-jeedom-verify = Compare Jeedom avec le registre, sans rien envoyer
cli-jeedom-remove = Masque et désactive l’équipement ; son historique reste
cli-jeedom-destination = La destination, quand plusieurs sont des Jeedom
cli-jeedom-dry-run = Dit seulement ce qui serait fait

config-jeedom-key = la destination « { $name } » n’a pas de clé API
config-jeedom-key-do = Ajoutez key_file = "/chemin/du/fichier" à cette section. La clé se trouve dans Jeedom sous Réglages, Système, Configuration, onglet API.
config-key-twice = la clé de « { $source } » est donnée deux fois
config-key-twice-do = Gardez key ou key_file, pas les deux.
config-key-empty = cette clé est vide ou contient un caractère de contrôle
config-key-empty-do = Recopiez-la depuis Jeedom, sur une seule ligne.

error-jeedom-none = aucune destination de la configuration n’est un Jeedom
error-jeedom-none-do = Ajoutez une section [outputs.jeedom] avec kind = "jeedom", url et key_file.
error-jeedom-unknown = aucun Jeedom ne s’appelle « { $name } » dans la configuration
error-jeedom-several = plusieurs destinations sont des Jeedom
error-jeedom-several-do = Dites laquelle : --destination NOM.
error-jeedom-no-point = ce Jeedom ne reçoit aucun de ces points de livraison
error-jeedom-no-point-do = Voyez usage_points, dans sa section de la configuration.

jeedom-no-problem = aucun
jeedom-sending = envoi à Jeedom

jeedom-problem-unreachable = Jeedom ne répond pas : { $what }.
jeedom-problem-unreachable-advice = Vérifiez url et que Jeedom est démarré. L’envoi reprendra de lui-même là où il en était.
jeedom-problem-key = Jeedom refuse la clé.
jeedom-problem-key-advice = Recopiez la clé depuis Réglages, Système, Configuration, onglet API. Si c’est celle d’un plugin, nommez-le : key_of = "virtual". Un « ping » qui répond ne prouve rien : Jeedom y répond même avec une mauvaise clé.
jeedom-problem-disabled = L’accès JSON-RPC de Jeedom est désactivé, ou fermé à cette machine.
jeedom-problem-disabled-advice = Dans Réglages, Système, Configuration, onglet API, mettez « Accès API JSONRPC » à « Activé » ou à « IP blanche » avec l’adresse de cette machine.
jeedom-problem-rights = Cette clé n’a pas le droit d’appeler { $what }.
jeedom-problem-rights-advice = Prenez la clé du cœur, celle du plugin Virtuel, ou celle d’un utilisateur administrateur.
jeedom-problem-banned = Jeedom a banni cette machine pour quelques minutes, après des clés refusées.
jeedom-problem-banned-advice = Corrigez la clé, puis attendez dix minutes ; ou débloquez l’adresse dans Réglages, Système, Configuration, onglet Sécurité.
jeedom-problem-not-there = Aucun Jeedom ne répond à cette adresse (HTTP { $what }).
jeedom-problem-not-there-advice = Vérifiez url, sans /core/api. Si l’adresse est bonne, cette machine est peut-être bannie : attendez dix minutes.
jeedom-problem-not-json = La réponse n’est pas celle d’un Jeedom (HTTP { $what }) : une page est venue à la place.
jeedom-problem-not-json-advice = Vérifiez url ; un serveur mandataire ou une page de maintenance répond peut-être à la place de Jeedom.
jeedom-problem-shape = La réponse de Jeedom n’a pas la forme attendue : { $what }.
jeedom-problem-shape-advice = Mettez Jeedom à jour. Si cela continue, signalez-le avec la version de Jeedom.
jeedom-problem-no-command = La commande { $what } n’existe plus dans Jeedom.
jeedom-problem-no-command-advice = Lancez « releve jeedom setup » pour la recréer.
jeedom-problem-no-equipment = L’équipement { $what } n’existe pas dans Jeedom.
jeedom-problem-no-equipment-advice = Vérifiez son numéro sous adopted, dans la configuration.
jeedom-problem-no-method = Ce Jeedom ne connaît pas { $what }.
jeedom-problem-no-method-advice = Mettez-le à jour : il faut Jeedom 4.1 ou plus récent.
jeedom-problem-no-plugin = Le plugin « { $what } » n’est pas installé ou pas actif dans Jeedom.
jeedom-problem-no-plugin-advice = Installez et activez le plugin Virtuel (gratuit, sur le Market), puis recommencez.
jeedom-problem-name-taken = Le nom « { $what } » est déjà pris dans Jeedom.
jeedom-problem-name-taken-advice = Donnez-en un autre à l’équipement (releve jeedom setup --name NOM), ou renommez l’ancien dans Jeedom.
jeedom-problem-other = Jeedom répond : { $what }.
jeedom-problem-other-advice = Voyez ses journaux, sous Analyse, Logs.
jeedom-problem-no-setup = Le point de livraison { $what } n’a pas encore d’équipement dans Jeedom.
jeedom-problem-no-setup-advice = Lancez « releve jeedom setup ».
jeedom-problem-nothing-to-adopt = L’équipement « { $what } » n’a aucune des commandes du plugin Enedis.
jeedom-problem-nothing-to-adopt-advice = Vérifiez son numéro, ou créez un équipement : releve jeedom setup.
jeedom-problem-whose = À quel point de livraison appartient l’équipement « { $what } » ne se laisse pas deviner.
jeedom-problem-whose-advice = Dites-le avec --usage-point PRM ; s’il en indique un autre, c’est qu’il n’est pas à celui-ci.
jeedom-problem-broker = Le broker MQTT ne répond pas ou refuse : { $what }.
jeedom-problem-broker-advice = Vérifiez mqtt_url, mqtt_user et le mot de passe ; ils sont dans la configuration de MQTT Manager.

jeedom-refused-absent = La commande « { $command } » manque dans l’équipement.
jeedom-refused-absent-advice = Lancez « releve jeedom setup » pour la créer.
jeedom-refused-kind = La commande « { $command } » n’est pas une information du type qu’il faut.
jeedom-refused-kind-advice = Dans Jeedom, mettez son type à « info » et son sous-type à « Numérique ».
jeedom-refused-not-historized = Jeedom ne garde pas l’historique de « { $command } ».
jeedom-refused-not-historized-advice = Cochez « Historiser » sur cette commande, ou lancez « releve jeedom setup ».
jeedom-refused-mixing = Jeedom moyennerait les valeurs de « { $command } » : rien n’y est envoyé.
jeedom-refused-mixing-advice = Dans la configuration avancée de la commande, onglet Historique, mettez « Mode de lissage » à « Aucun » ; ou lancez « releve jeedom setup » (équipement de Relevé) ou « releve jeedom adopt NOMBRE --keep-every-value » (équipement du plugin).
jeedom-refused-formula = « { $command } » applique une formule que Relevé ne sait pas retourner : { $what }
jeedom-refused-formula-advice = Videz « Formule de calcul » dans la configuration avancée de la commande, ou mettez-y #value#/1000.
jeedom-unstored = Jeedom a répondu « ok » mais n’a pas gardé { $what } valeurs de « { $command } ».
jeedom-unstored-advice = Vérifiez que l’équipement est activé, que la commande est historisée, et que ses valeurs minimale et maximale n’excluent rien ; puis relancez l’envoi.

jeedom-warning-year = L’archivage nocturne de Jeedom { $version } efface toutes les valeurs datées de { $year } ou après.
jeedom-warning-year-advice = Mettez Jeedom à jour (4.5.3 ou plus récent), puis lancez « releve jeedom push --everything ».
jeedom-warning-core = La version « { $version } » n’est pas connue : ce que fait son archivage ne l’est pas non plus.
jeedom-warning-core-advice = Lancez « releve jeedom verify » le lendemain d’un envoi.
jeedom-warning-purge = Jeedom efface l’historique de « { $command } » après { $after }.
jeedom-warning-purge-advice = Dans la configuration avancée de la commande, mettez « Purger l’historique si plus vieux de » à « Jamais ».
jeedom-warning-purge-all = Jeedom efface tout historique après { $after }.
jeedom-warning-purge-all-advice = Réglez-le dans Réglages, Système, Configuration, onglet Historique, ou commande par commande.
jeedom-warning-disabled = L’équipement « { $equipment } » est désactivé : Jeedom répond « ok » et ne garde rien.
jeedom-warning-disabled-advice = Activez-le, ou lancez « releve jeedom setup ».
jeedom-warning-zone = Jeedom est à l’heure de { $zone }, les dates envoyées sont à celle de Paris.
jeedom-warning-zone-advice = Réglez le fuseau dans Réglages, Système, Configuration, ou lisez ces dates comme celles du compteur.
jeedom-scenario = Le scénario « { $name } » ({ $id }) est déclenché par chaque valeur envoyée, si ancienne soit-elle.
jeedom-scenario-advice = Désactivez-le pendant un grand envoi. Avec --quiet-import, rien n’est envoyé tant qu’il est actif.
jeedom-scenario-held = Rien n’a été envoyé : le scénario « { $name } » ({ $id }) serait déclenché par chaque valeur.
jeedom-scenario-held-advice = Désactivez-le, relancez l’envoi, puis réactivez-le.

jeedom-setup-created = Équipement { $id } créé pour { $prm }.
jeedom-setup-would-create = Un équipement serait créé pour { $prm }.
jeedom-setup-found = L’équipement { $id } de { $prm } est là.
jeedom-setup-added = Commandes ajoutées : { $ids }
jeedom-setup-mended = Commandes remises en ordre : { $ids }
jeedom-setup-none = Tous les points de livraison ont un équipement adopté : il n’y a rien à créer.
jeedom-setup-next = Ensuite : releve jeedom push, et releve run le fera chaque heure.
jeedom-adopt-found = Équipement { $id } (« { $name } ») pour { $prm }, profil { $profile } :
jeedom-adopt-next = Tout peut être rempli. Ajoutez à la section de ce Jeedom, dans la configuration :
jeedom-adopt-mend = Remettez d’abord ces commandes en ordre, puis recommencez.
jeedom-fill-heading = { $name } · équipement { $id } · { $prm }
jeedom-fill-command = { $rows } valeurs, { $sent } envoyées
jeedom-fill-command-lacks = { $rows } valeurs, { $differing } à envoyer
jeedom-fill-right = Jeedom a les { $rows } valeurs ({ $calls } appels).
jeedom-fill-lacks = Il manque à Jeedom { $differing } des { $rows } valeurs ({ $calls } appels).
jeedom-fill-sent = { $sent } valeurs envoyées, { $differing } manquaient ou différaient ({ $calls } appels).
jeedom-removed = L’équipement { $id } (« { $name } ») est masqué et désactivé. Jeedom ne laisse personne le supprimer du dehors : faites-le dans Jeedom, si vous le voulez.
jeedom-remove-would = L’équipement { $id } (« { $name } ») serait masqué et désactivé.
jeedom-remove-none = Le point de livraison { $name } n’a pas d’équipement dans Jeedom.
