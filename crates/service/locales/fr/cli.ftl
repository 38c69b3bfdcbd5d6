## Ligne de commande

cli-about = Relevé garde chez vous, exactement, ce que votre compteur communicant a enregistré.
cli-heading-usage = Utilisation :
cli-heading-commands = Commandes 
cli-heading-options = Options 
cli-heading-arguments = Arguments 
cli-heading-global = Options communes 
cli-value-command = COMMANDE
cli-value-path = CHEMIN
cli-value-file = FICHIER
cli-value-date = DATE
cli-value-prm = PRM
cli-value-word = MOT
cli-help = Affiche cette aide
cli-version = Affiche la version
cli-config = Fichier de configuration
cli-data-dir = Dossier des relevés, à la place de celui de la configuration
cli-lang = Langue
cli-json = Donne les résultats en JSON (schémas : docs/schema)
cli-log = Ce qui est journalisé : les erreurs, l’essentiel ou chaque étape
cli-quiet = Ne dit que l’important
cli-init = Écrit une première configuration, en quelques questions
cli-init-force = Remplace une configuration qui existe déjà
cli-sync = Demande une fois à Enedis tout ce qui manque
cli-run = Demande régulièrement ce qui manque, jusqu’à l’arrêt
cli-import = Lit des fichiers téléchargés sur le site d’Enedis
cli-import-files = Les fichiers à lire
cli-show = Montre un jour, une semaine, un mois, une année ou les puissances maximales
cli-show-what = Un jour, une semaine, un mois, une année, ou les puissances maximales
cli-show-date = 2026-11-20, 20/11/2026, hier, 2026-11 ou 2026 ; sinon, ce qui est gardé de plus récent
cli-status = Dit ce qui est gardé, ce qui manque, et pourquoi
cli-export = Écrit les relevés en CSV ou en JSON
cli-export-format = Le format
cli-export-kind = La courbe, l’énergie des jours, leur puissance maximale, les index, ou l’état de chaque jour
cli-export-from = Premier jour (ou mois, ou année)
cli-export-to = Dernier jour (ou mois, ou année), compris
cli-export-output = Fichier à écrire ; sinon, la sortie standard
cli-export-force = Remplace un fichier qui existe déjà
cli-exported = { $rows } lignes écrites dans { $path }
cli-check = Vérifie la configuration et dit où sont les choses
cli-completions = Écrit de quoi compléter les commandes dans un shell
cli-completions-shell = Le shell
cli-usage-point = Point de livraison (PRM), 14 chiffres
cli-direction = Consommation ou production
cli-examples =
    Exemples :
      releve init
      releve sync
      releve import courbe.csv
      releve show day hier
      releve status
    
    Codes de sortie : 0 tout va bien, 2 commande, 3 configuration, 4 données,
    5 source, 6 base occupée.
cli-init-examples =
    Exemples :
      releve init
      releve --config ./releve.toml init
cli-sync-examples =
    Exemples :
      releve sync
      releve sync --usage-point 22516914714270
cli-import-examples =
    Exemples :
      releve import Enedis_Conso_Heure_*.csv
      releve import --usage-point 22516914714270 courbe.csv
cli-show-examples =
    Exemples :
      releve show day hier
      releve show week 20/11/2026
      releve show month 2026-11 --direction production
      releve show year 2026
      releve show max 2026-01
cli-status-examples =
    Exemples :
      releve status
      releve status --json
cli-export-examples =
    Exemples :
      releve export csv --kind curve --usage-point 22516914714270 --output courbe.csv
      releve export csv --kind daily --usage-point 22516914714270 --from 2025 --to 2025
      releve export json --kind days --usage-point 22516914714270
cli-completions-examples =
    Exemple :
      releve completions bash > ~/.local/share/bash-completion/completions/releve
cli-consent = Demande, montre, renouvelle ou oublie une autorisation
cli-consent-start = Demander une autorisation, ou attendre encore celle qui est demandée
cli-consent-list = Montrer toutes les autorisations
cli-consent-renew = Demander une autorisation qui en remplace une autre
cli-consent-forget = Oublier une autorisation, ici et à la passerelle
cli-consent-source = La source, s’il y en a plusieurs
cli-consent-id = Le nom de l’autorisation, donné par « consent list »
cli-value-source = SOURCE
cli-value-consent = AUTORISATION
cli-consent-examples =
    Exemples :
      releve consent                     montre le lien et le code, puis attend
      releve consent list                montre les autorisations
      releve consent renew passerelle-1  demande une nouvelle autorisation
