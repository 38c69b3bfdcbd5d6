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
