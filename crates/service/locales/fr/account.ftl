## Comptes clients du site d’Enedis

cli-account = Gère les comptes clients du site d’Enedis
cli-account-name = Nom du compte (par défaut : le seul qui soit configuré)
cli-account-add = Demander les secrets d’un compte, se connecter, commencer à collecter
cli-account-browser = Ouvrir Chromium ou Firefox, où vous vous connectez vous-même, et en garder le témoin
cli-account-no-fetch = Ne pas commencer à collecter
cli-account-list = Montrer les comptes et leur état, sans aucun secret
cli-account-test = Se connecter une fois et dire ce qui est trouvé
cli-account-remove = Oublier les secrets d’un compte
cli-account-add-examples =
    Exemples :
      releve account add
      releve account add maison --browser
cli-account-examples =
    Exemples :
      releve account add maison
      releve account list
      releve account test maison
account-ask-login = Adresse e-mail du compte Enedis :
account-ask-password = Mot de passe (il ne s’affiche pas) :
account-ask-cookie = Valeur du témoin « internalAuthId » (elle ne s’affiche pas) :
account-ended = il faut trois réponses : adresse, mot de passe, témoin « internalAuthId »
account-ended-do = Donnez-les une par ligne. Avec --browser, seules les deux premières sont demandées.
account-which = plusieurs comptes sont configurés : { $names } ; nommez-en un
account-given = les secrets du compte « { $name } » sont ceux de systemd
account-given-do = Changez-les là où le service les reçoit (LoadCredential).
account-unknown = le compte « { $name } » n’a pas de secrets ici
account-unknown-do = Lancez « releve account list » pour voir les comptes.
account-removed = Les secrets du compte « { $name } » sont oubliés. Les relevés restent.
account-refused = { $what }
account-advice = { $what }
account-in = Connecté au compte « { $name } ». Points de livraison trouvés : { $count }
account-point = { $prm }
account-point-new = { $prm } (pas dans la configuration)
account-configure = Pour les collecter, ajoutez ceci à la configuration :
account-fetch = Première collecte ; elle peut prendre quelques minutes.
account-goes-on = Le compte limite les demandes d’une journée : le reste de l’historique suivra à partir du { $at }, tout seul si « releve run » tourne, sinon par « releve sync ».
account-busy = « releve run » est en marche : la première collecte se fera là.
account-none = Aucun compte. « releve account add » en ajoute un.
account-line = { $name } : { $secrets }
account-sources = source : { $sources }
account-secrets-file = secrets dans un fichier
account-secrets-credential = secrets de systemd
account-secrets-nowhere = aucun secret
account-browser = le navigateur ne peut pas être piloté : { $cause }
account-browser-do = Installez chromedriver (paquet chromium-driver) ou geckodriver à côté du navigateur, ou copiez le témoin à la main comme le guide le montre.
account-browser-open = Connectez-vous dans la fenêtre du navigateur et répondez à ce que la page demande. Dix minutes vous sont laissées.
account-browser-late = personne ne s’est connecté dans le navigateur en dix minutes
account-browser-late-do = Relancez « releve account add --browser » quand vous avez le temps.
