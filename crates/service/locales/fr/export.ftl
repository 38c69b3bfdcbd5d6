## Exporter et importer sans rien abîmer / export and import without harm

error-export-own = { $path } est un fichier de Relevé lui-même : aucun export ne le remplace
error-export-own-do = Choisissez un autre nom, hors du dossier des relevés.
import-unknown-point = Attention : le point { $prm } n’est pas dans votre configuration. Vérifiez le numéro.
