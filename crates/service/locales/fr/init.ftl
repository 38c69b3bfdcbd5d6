## Première configuration

init-intro = Quelques questions, puis { $path } est écrit. Ctrl+D abandonne sans rien écrire.
init-prm = Point de livraison (PRM), 14 chiffres
init-prm-more = Un autre point de livraison (Entrée : non)
init-twice-do = Donnez-en un autre, ou appuyez sur Entrée pour continuer.
init-name = Son nom, par exemple Maison (Entrée : aucun)
init-client-id =
    D’où viennent les relevés, un de ces mots :
      compte      votre compte client du site d’Enedis
      passerelle  une passerelle de consentement de Relevé
      domoticz    le relais du plugin de Domoticz
      dossier     un dossier où vous déposez des exports
    ou l’identifiant (« client id ») de votre propre application Enedis (Entrée : aucune, import de fichiers seulement)
init-generation = Génération de l’API Data Connect, 2026, v5 ou auto (Entrée : auto, celle qui répond)
init-generation-wrong = La génération est auto, 2026 ou v5.
init-secret-where = Secret de l’application : 1 pour le taper, 2 pour indiquer un fichier qui le contient
init-secret-where-wrong = Répondez 1 ou 2.
init-secret = Secret
init-secret-hidden = Secret (il ne s’affiche pas)
init-secret-file = Chemin du fichier
init-secret-file-wrong = Ce chemin est vide.
init-secret-file-later = Ce chemin est noté quand même ; à régler avant la première collecte.
init-written = { $path } est écrit ; vous seul pouvez le lire.
init-next = La suite : « releve check » vérifie, « releve sync » collecte.
init-next-import = La suite : « releve import FICHIER » lit un fichier téléchargé chez Enedis.
init-exists = { $path } existe déjà ; il n’est pas modifié
init-exists-do = Modifiez-le avec votre éditeur, ou déplacez-le d’abord.
init-ended = dialogue interrompu : rien n’est écrit
init-unwritable = { $path } ne peut pas être écrit ({ $why })
init-unwritable-do = Vérifiez les droits de ce dossier et la place sur le disque.
init-terminal = le terminal ne répond plus ({ $why }) : rien n’est écrit
init-file-head =
    Configuration de Relevé, écrite par « releve init ».
    Après une modification : releve check
    Ce fichier peut contenir un secret : gardez-le en mode 0600.
init-file-language = Langue des messages : fr ou en.
init-file-data-dir = Dossier des relevés ; sans cette ligne : ~/.local/share/releve
init-file-no-source = Aucune source : seuls les fichiers importés. Pour collecter chez Enedis, avec votre propre application :
init-file-source = L’API Data Connect d’Enedis, avec votre propre application.
init-file-generation = Génération de l’API : "2026" (l’actuelle), "v5" (la précédente) ou "auto" (celle qui répond).
init-file-client-id = Identifiant et secret de l’application, sur le site DataHub d’Enedis.
init-file-usage-points = Un point de livraison (PRM) par section [[usage_points]].
init-file-schedule = Fréquence à laquelle « releve run » regarde s’il y a quelque chose à collecter.
init-offer = Offre du point { $prm }, par exemple trv-base, trv-hphc, trv-tempo (Entrée : plus tard)
init-offer-wrong = aucune offre fournie ne s’appelle « { $id } »
init-offer-wrong-do = Les offres : { $ids }. Une offre de marché se décrit plus tard, dans un fichier d’offres.
init-next-account = La suite : « releve account add » demande l’adresse, le mot de passe et le témoin du compte, se connecte et commence à collecter.
init-file-account =
    Le compte client du site d’Enedis. « releve account add » en demande
    l’adresse et le mot de passe : ils ne sont pas dans ce fichier.
init-gateway = Adresse de la passerelle (https://…)
init-folder = Chemin du dossier
init-next-consent = La suite : « releve consent » montre le lien où donner votre accord, « releve sync » collecte.
init-next-folder = La suite : déposez des exports dans le dossier, « releve sync » les lit.
init-file-gateway = Une passerelle de consentement de Relevé. « releve consent » montre un lien et un code.
init-file-domoticz = Le relais du plugin de Domoticz. « releve consent » montre un lien.
init-file-folder = Un dossier où vous déposez des exports du site d’Enedis.
init-file-conso-api = Le service conso.boris.sh, avec le jeton obtenu sur son site.
init-file-myelectricaldata = Le service myelectricaldata.fr, avec le jeton obtenu sur son site.
init-file-output-domoticz = Domoticz reçoit les relevés.
init-file-output-jeedom = Jeedom reçoit les relevés.
