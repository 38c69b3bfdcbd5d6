## La porte du tableau de bord

door-title = Connexion
door-password = Mot de passe
door-enter = Se connecter
door-plain = Cette connexion n’est pas chiffrée. Sur un réseau que vous partagez avec d’autres, passez par un serveur mandataire (proxy) avec TLS.
door-wrong-password = Ce n’est pas le mot de passe.
door-wait =
    { $seconds ->
        [one] Trop d’essais. Le prochain sera possible dans { $seconds } seconde.
       *[other] Trop d’essais. Le prochain sera possible dans { $seconds } secondes.
    }
door-crowded = Trop de personnes se connectent en même temps. Réessayez dans un instant.
door-home = Vers le tableau de bord

door-unknown-host = Relevé ne répond pas à ce nom
door-unknown-host-do = Ouvrez-le par son adresse, ou ajoutez ce nom à `names` dans la section `[dashboard]` de la configuration.
door-passed-on = Cette demande est passée par un proxy
door-passed-on-do = Sans mot de passe, Relevé ne répond qu’à la personne assise devant cette machine. Définissez un mot de passe (releve dashboard password), ou indiquez à quel proxy se fier (`trusted_proxies` et `user_header`).
door-not-signed-in = Vous n’êtes pas connecté
door-not-signed-in-do = Connectez-vous, puis réessayez.
door-not-vouched-for = Personne ne s’est porté garant de vous
door-not-vouched-for-do = On n’accède à Relevé que par Home Assistant ou par le proxy que nomme sa configuration.
door-ambiguous-user = La demande nomme deux utilisateurs
door-ambiguous-user-do = Le proxy doit retirer l’en-tête de l’utilisateur de ce que les navigateurs envoient avant de poser le sien.
door-other-site = Un autre site a envoyé cette demande
door-other-site-do = Rien n’a été modifié. Rechargez la page dans Relevé et réessayez depuis là. Un proxy doit transmettre le nom d’hôte que le navigateur a demandé.
door-bad-token = Cette page est trop ancienne
door-bad-token-do = Rien n’a été modifié. Rechargez la page et réessayez.
door-viewer-only = Vous pouvez regarder, mais rien modifier
door-viewer-only-do = Pour modifier quelque chose, connectez-vous avec le mot de passe du propriétaire.
door-too-many-attempts = Trop d’essais
door-too-many-attempts-do = Patientez un instant, puis réessayez.
door-busy = Relevé est occupé
door-busy-do = Réessayez dans un instant.
door-malformed = Cette demande est incompréhensible
door-malformed-do = Rechargez la page et réessayez.
door-not-found = Il n’y a rien ici
door-not-found-do = Vérifiez l’adresse, ou partez du tableau de bord.
door-method = Cette adresse s’utilise autrement
door-method-do = Repartez du tableau de bord.
door-too-large = C’est trop volumineux
door-too-large-do = Un fichier peut avoir 64 Mio au plus. Importez un fichier plus grand avec releve import.
door-too-slow = La demande n’est pas arrivée à temps
door-too-slow-do = Vérifiez votre connexion et réessayez.
door-broken = Quelque chose s’est mal passé dans Relevé
door-broken-do = Le journal en dit plus. Réessayez dans un instant.

config-dashboard-listen = « { $text } » n’est pas une adresse suivie d’un port
config-dashboard-listen-do = Écrivez par exemple : listen = "127.0.0.1:8733", ou "[::]:8733" pour toutes les adresses de cette machine.
config-dashboard-name = « { $name } » n’est pas un nom d’hôte
config-dashboard-name-do = Écrivez-le comme dans une adresse, sans « http:// » ni port : "releve.home.arpa".
config-dashboard-net = « { $text } » n’est ni une adresse ni un réseau
config-dashboard-net-do = Écrivez par exemple "192.168.1.2", "10.0.0.0/8" ou "fd00::/8".
config-dashboard-everybody = « { $text } » ferait confiance à tout le monde
config-dashboard-everybody-do = Donnez l’adresse du seul proxy : c’est lui qui dit qui est l’utilisateur.
config-dashboard-header = « { $text } » n’est pas un nom d’en-tête
config-dashboard-header-do = Écrivez par exemple "Remote-User".
config-dashboard-nobody = un en-tête doit nommer l’utilisateur, mais personne n’est digne de confiance
config-dashboard-nobody-do = Donnez l’adresse du proxy : trusted_proxies = ["192.168.1.2"].

door-error-unguarded = le tableau de bord serait ouvert à quiconque atteint { $listen }
door-error-unguarded-do = Définissez un mot de passe avec « releve dashboard password », ou laissez un proxy (trusted_proxies et user_header) ou Home Assistant (ingress) dire qui entre.
door-error-nobody = un en-tête doit nommer l’utilisateur, mais personne n’est digne de confiance
door-error-everybody = { $net } ferait confiance à tout le monde
door-error-name = « { $name } » n’est pas un nom d’hôte
door-error-randomness = le système ne donne pas de nombres aléatoires
door-error-not-a-hash = { $path } ne contient pas ce qu’écrit « releve dashboard password »
door-error-not-a-hash-do = Relancez cette commande. Le mot de passe lui-même n’a rien à faire dans ce fichier.
door-error-too-costly = l’empreinte dans { $path } demande plus de 64 Mio ou de dix passes
door-error-too-costly-do = Réécrivez-la avec « releve dashboard password ».

cli-dashboard = Gère le tableau de bord
cli-dashboard-password = Définit un mot de passe du tableau de bord
cli-dashboard-viewer = Le mot de passe de qui peut regarder, mais rien modifier
cli-dashboard-password-examples =
    Exemples :
      releve dashboard password
      releve dashboard password --viewer
      printf '%s\n' "$PASSWORD" | releve dashboard password --json
password-ask = Nouveau mot de passe (huit caractères au moins) :
password-again = Le même, encore une fois :
password-differ = les deux mots de passe diffèrent
password-differ-do = Rien n’a été modifié. Relancez la commande.
password-too-short = un mot de passe a huit caractères au moins
password-too-long = un mot de passe a 1 024 octets au plus, sans caractère de contrôle
password-kept-owner = Le mot de passe du propriétaire est défini ({ $path }).
password-kept-viewer = Le mot de passe de lecture est défini ({ $path }).
password-restart = Il compte dès le prochain démarrage de « releve serve » ou « releve run ».
password-unwritable = { $path } ne peut pas être écrit : { $cause }
