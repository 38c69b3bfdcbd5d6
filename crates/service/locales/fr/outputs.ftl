## Destinations : ce qui leur est commun
outputs-done = { $name } : { $written ->
    [one] { $written } écriture
   *[other] { $written } écritures
 }, { $deleted ->
    [one] { $deleted } suppression.
   *[other] { $deleted } suppressions.
 }
config-output-name = le nom de destination « { $name } » n’est pas valable
config-output-name-do = Prenez des lettres minuscules sans accent, des chiffres, « - » et « _ », 40 au plus.
config-output-url = ce n’est pas une adresse qui convient ici
config-output-url-do = Une adresse commence ici par l’un de ces mots, suivi de « :// » et de l’hôte : { $schemes }.
config-output-point = le point de livraison { $prm } n’est pas dans la configuration
config-output-point-do = Ajoutez-le sous [[usage_points]], ou retirez-le d’ici.
config-output-pair = une paire compte deux points de livraison différents
config-output-pair-do = Écrivez d’abord celui qui consomme, puis celui qui produit : merge = [["12345678901234", "98765432109876"]].
config-output-user = la destination « { $name } » n’a pas d’utilisateur
config-output-user-do = Ajoutez user = "…", ou retirez le mot de passe et « login ».
config-output-password = la destination « { $name } » n’a pas de mot de passe
config-output-password-do = Ajoutez password_file = "/chemin/du/fichier" à cette section.
config-output-client-id = OAuth2 demande le nom d’une application déclarée dans Domoticz
config-output-client-id-do = Ajoutez client_id = "…", tel qu’il figure dans Domoticz sous Réglages, Applications.
config-password-twice = le mot de passe de « { $source } » est donné deux fois
config-password-twice-do = Gardez le mot de passe ou le fichier qui le contient, pas les deux.
config-password-empty = ce mot de passe est vide ou contient un caractère de contrôle
config-password-empty-do = Écrivez-le sur une seule ligne.
